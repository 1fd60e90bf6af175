"""Which ones, of batches, applications and all that goes with them: a file for each noun, or few."""

from applications.querysets.applications import ApplicationQuerySet
from applications.querysets.asking import EnquiryQuerySet, FrequentQuestionQuerySet
from applications.querysets.batches import BatchQuerySet
from applications.querysets.office import DutyExceptionQuerySet, HandlingQuerySet, NoteQuerySet, ObjectionQuerySet, ProposalQuerySet
from applications.querysets.papers import AttachmentQuerySet, ConsentTextQuerySet, RequiredPaperQuerySet, SealedCopyQuerySet
from applications.querysets.prospects import ProspectQuerySet
from applications.querysets.reviewing import AssignmentQuerySet, ConflictQuerySet, ReviewQuerySet
from applications.querysets.together import (
    InvitationQuerySet,
    JoinRequestQuerySet,
    OnBehalfQuerySet,
    RecommendationQuerySet,
    WriterQuerySet,
)

__all__ = [
    "ApplicationQuerySet",
    "AssignmentQuerySet",
    "AttachmentQuerySet",
    "BatchQuerySet",
    "ConflictQuerySet",
    "ConsentTextQuerySet",
    "DutyExceptionQuerySet",
    "EnquiryQuerySet",
    "FrequentQuestionQuerySet",
    "HandlingQuerySet",
    "InvitationQuerySet",
    "JoinRequestQuerySet",
    "NoteQuerySet",
    "ObjectionQuerySet",
    "OnBehalfQuerySet",
    "ProposalQuerySet",
    "ProspectQuerySet",
    "RecommendationQuerySet",
    "RequiredPaperQuerySet",
    "ReviewQuerySet",
    "SealedCopyQuerySet",
    "WriterQuerySet",
]
