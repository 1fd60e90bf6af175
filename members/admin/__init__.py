"""What the secretariat sees of what belongs: a file for each noun, or few."""

from members.admin import bodies, campaigns, certificates, experts, keeping, life, meetings, office, organisations, requests, units  # noqa: F401 — Django looks for what an app registers here
from members.papers import life as papers  # noqa: F401 — declares which papers there are
