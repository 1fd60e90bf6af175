"""Which ones, of what belongs to the alliance: a file for each noun, or few."""

from members.querysets.bodies import BodyQuerySet, BodyTenureQuerySet, ExpertQuerySet, WishQuerySet
from members.querysets.certificates import CertificateQuerySet, SealedItemQuerySet, SealedLotQuerySet
from members.querysets.confirming import CampaignQuerySet, ChangeRequestQuerySet, ConfirmationQuerySet
from members.querysets.life import (
    ExpulsionQuerySet,
    RepresentativeQuerySet,
    ResignationQuerySet,
    SuccessionQuerySet,
    SuspensionQuerySet,
)
from members.querysets.listings import DisclosureQuerySet, ListingQuerySet, NameConsentQuerySet
from members.querysets.meetings import AttendanceQuerySet, MeetingQuerySet, MotionQuerySet, ResolutionQuerySet, TermQuerySet
from members.querysets.organisations import OrganisationQuerySet
from members.querysets.reach import BranchPostQuerySet, Reach, reach_of
from members.querysets.units import MemberUnitQuerySet

__all__ = [
    "AttendanceQuerySet",
    "BodyQuerySet",
    "BodyTenureQuerySet",
    "BranchPostQuerySet",
    "CampaignQuerySet",
    "CertificateQuerySet",
    "ChangeRequestQuerySet",
    "ConfirmationQuerySet",
    "DisclosureQuerySet",
    "ExpertQuerySet",
    "ExpulsionQuerySet",
    "ListingQuerySet",
    "MeetingQuerySet",
    "MemberUnitQuerySet",
    "MotionQuerySet",
    "NameConsentQuerySet",
    "OrganisationQuerySet",
    "Reach",
    "RepresentativeQuerySet",
    "ResignationQuerySet",
    "ResolutionQuerySet",
    "SealedItemQuerySet",
    "SealedLotQuerySet",
    "SuccessionQuerySet",
    "SuspensionQuerySet",
    "TermQuerySet",
    "WishQuerySet",
    "reach_of",
]
