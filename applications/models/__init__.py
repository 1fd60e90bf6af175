"""What there is when an organisation applies: batches, applications and their answers, frozen versions, findings, decisions."""

from applications.models.answers import Answers
from applications.models.application import Application
from applications.models.batch import Batch
from applications.models.decision import Decision
from applications.models.finding import Finding
from applications.models.version import Version, VersionPersons

__all__ = ["Answers", "Application", "Batch", "Decision", "Finding", "Version", "VersionPersons"]
