"""Which ones, of what belongs to the alliance: a file for each noun, or few."""

from members.querysets.bodies import BodyQuerySet, BodyTenureQuerySet, ExpertQuerySet, WishQuerySet
from members.querysets.certificates import CertificateQuerySet, SealedItemQuerySet, SealedLotQuerySet
from members.querysets.meetings import AttendanceQuerySet, ResolutionQuerySet, TermQuerySet
from members.querysets.organisations import OrganisationQuerySet
from members.querysets.reach import BranchPostQuerySet, Reach, reach_of
from members.querysets.units import MemberUnitQuerySet

__all__ = [
    "AttendanceQuerySet",
    "BodyQuerySet",
    "BodyTenureQuerySet",
    "BranchPostQuerySet",
    "CertificateQuerySet",
    "ExpertQuerySet",
    "MemberUnitQuerySet",
    "OrganisationQuerySet",
    "Reach",
    "ResolutionQuerySet",
    "SealedItemQuerySet",
    "SealedLotQuerySet",
    "TermQuerySet",
    "WishQuerySet",
    "reach_of",
]
