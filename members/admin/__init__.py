"""What the secretariat sees of what belongs: a file for each noun, or few."""

from members.admin import (  # noqa: F401 — Django looks for what an app registers here
    bodies,
    campaigns,
    certificates,
    disclosing,
    experts,
    keeping,
    life,
    meetings,
    motions,
    office,
    organisations,
    requests,
    sealed,
    terms,
    units,
)
from members.papers import life as papers  # noqa: F401 — declares which papers there are
