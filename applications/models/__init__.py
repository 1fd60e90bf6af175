"""What there is when an organisation applies: batches, applications with their answers, papers and consents, frozen versions, findings, reviews, decisions, enquiries."""

from applications.models.answers import Answers
from applications.models.application import Application
from applications.models.assignment import Assignment
from applications.models.attachment import Attachment
from applications.models.batch import Batch
from applications.models.consent import Consent, ConsentText
from applications.models.decision import Decision
from applications.models.enquiry import Enquiry
from applications.models.finding import Finding
from applications.models.required import RequiredPaper
from applications.models.review import Review, Score
from applications.models.version import Version, VersionPersons

__all__ = [
    "Answers",
    "Application",
    "Assignment",
    "Attachment",
    "Batch",
    "Consent",
    "ConsentText",
    "Decision",
    "Enquiry",
    "Finding",
    "RequiredPaper",
    "Review",
    "Score",
    "Version",
    "VersionPersons",
]
