"""Long work, processes of several stages, and the timetable's last runs."""

from alliance.jobs.models.job import Job, Skipped
from alliance.jobs.models.job import State as JobState
from alliance.jobs.models.round import Round, Stage
from alliance.jobs.models.run import Run

__all__ = ["Job", "JobState", "Round", "Run", "Skipped", "Stage"]
