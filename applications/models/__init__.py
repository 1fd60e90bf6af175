"""What there is when an organisation applies: batches, applications with their answers, writers, papers and consents, frozen versions and their seals, findings, assignments, conflicts of interest, reviews, panels, pending outcomes and decisions, objections, signs, enquiries."""

from applications.models.answers import Answers
from applications.models.application import Application
from applications.models.assignment import Assignment, Conflict
from applications.models.attachment import Attachment
from applications.models.batch import Batch
from applications.models.behalf import OnBehalf
from applications.models.consent import Consent, ConsentText
from applications.models.decision import Decision
from applications.models.enquiry import Enquiry, EnquiryMessage, FrequentQuestion
from applications.models.exception import DutyException
from applications.models.extension import Extension
from applications.models.finding import Finding
from applications.models.handling import Handling
from applications.models.handover import Handover
from applications.models.note import Note
from applications.models.objection import Objection
from applications.models.panel import GroupOpinion, Panel
from applications.models.proposal import Proposal
from applications.models.prospect import Prospect
from applications.models.recommendation import Recommendation
from applications.models.required import RequiredPaper
from applications.models.review import Review, Score
from applications.models.sealing import Original, SealedCopy
from applications.models.trace import Trace
from applications.models.version import Submission, Version, VersionPersons
from applications.models.writer import Invitation, JoinRequest, Writer

__all__ = [
    "Answers",
    "Application",
    "Assignment",
    "Attachment",
    "Batch",
    "Conflict",
    "Consent",
    "ConsentText",
    "Decision",
    "DutyException",
    "Enquiry",
    "EnquiryMessage",
    "Extension",
    "Finding",
    "FrequentQuestion",
    "GroupOpinion",
    "Handling",
    "Handover",
    "Invitation",
    "JoinRequest",
    "Note",
    "Objection",
    "OnBehalf",
    "Original",
    "Panel",
    "Proposal",
    "Prospect",
    "Recommendation",
    "RequiredPaper",
    "Review",
    "Score",
    "SealedCopy",
    "Submission",
    "Trace",
    "Version",
    "VersionPersons",
    "Writer",
]
