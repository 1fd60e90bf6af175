"""What the secretariat sees of what belongs: a file for each noun, or few."""

from members import papers, workflow  # noqa: F401 — papers: declares which there are
from members.admin import bodies, campaigns, certificates, experts, keeping, meetings, office, organisations, requests, units  # noqa: F401 — Django looks for what an app registers here
