"""What belongs: organisations and who acts for them, member units and who represents them, certificates, bodies, experts, terms, meetings, tenures."""

from members.models.body import Body
from members.models.branch_post import BranchPost
from members.models.certificate import Certificate
from members.models.colleague import Colleague
from members.models.contact import Contact
from members.models.dispatch import Dispatch
from members.models.expert import Expert
from members.models.meeting import Attendance, Meeting, Passing, Resolution
from members.models.organisation import Organisation, Verification
from members.models.profile import Profile
from members.models.representative import Representative
from members.models.sealed import SealedItem, SealedLot
from members.models.taxonomy import FieldDirection
from members.models.tenure import BodyTenure, Tenure
from members.models.term import Term
from members.models.unit import MemberUnit
from members.models.wish import Wish

__all__ = [
    "Attendance",
    "Body",
    "BodyTenure",
    "BranchPost",
    "Certificate",
    "Colleague",
    "Contact",
    "Dispatch",
    "Expert",
    "FieldDirection",
    "Meeting",
    "MemberUnit",
    "Organisation",
    "Passing",
    "Profile",
    "Representative",
    "Resolution",
    "SealedItem",
    "SealedLot",
    "Tenure",
    "Term",
    "Verification",
    "Wish",
]
