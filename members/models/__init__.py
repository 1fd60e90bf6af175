"""What belongs: organisations and who acts for them, member units and who represents them, certificates, bodies, experts, terms, meetings, tenures."""

from members.models.body import Body
from members.models.branch_post import BranchPost
from members.models.certificate import Certificate
from members.models.colleague import Colleague
from members.models.contact import Contact
from members.models.disclosure import Disclosure
from members.models.expert import Expert
from members.models.listing import Listing
from members.models.meeting import Attendance, Meeting, Passing, Resolution
from members.models.name_consent import NameConsent
from members.models.organisation import Organisation, Verification
from members.models.profile import Profile
from members.models.representative import Representative
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
    "Disclosure",
    "Expert",
    "FieldDirection",
    "Listing",
    "Meeting",
    "MemberUnit",
    "NameConsent",
    "Organisation",
    "Passing",
    "Profile",
    "Representative",
    "Resolution",
    "Tenure",
    "Term",
    "Verification",
    "Wish",
]
