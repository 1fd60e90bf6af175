"""What the secretariat sees of batches and applications: a file for each noun, or few."""

from applications.admin import behalf, enquiries, handover, joining, meeting, papers, prospects, seals
from applications.admin.application import ApplicationAdmin
from applications.admin.batch import BatchAdmin
from applications.admin.seals import SealedCopyAdmin

__all__ = [
    "ApplicationAdmin",
    "BatchAdmin",
    "SealedCopyAdmin",
    "behalf",
    "enquiries",
    "handover",
    "joining",
    "meeting",
    "papers",
    "prospects",
    "seals",
]
