"""What there is when an organisation applies: batches, applications with their answers and attachments, frozen versions, findings, decisions."""

from applications.models.answers import Answers
from applications.models.application import Application
from applications.models.attachment import Attachment
from applications.models.batch import Batch
from applications.models.decision import Decision
from applications.models.finding import Finding
from applications.models.version import Version, VersionPersons

__all__ = ["Answers", "Application", "Attachment", "Batch", "Decision", "Finding", "Version", "VersionPersons"]
