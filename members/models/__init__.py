"""What belongs: organisations and who acts for them, member units and who represents them, certificates, bodies, experts, terms, meetings, tenures."""

from members.models.agenda import AgendaItem
from members.models.body import Body
from members.models.branch_post import BranchPost
from members.models.campaign import Campaign, Confirmation
from members.models.certificate import Certificate
from members.models.change import Change, ChangeKind
from members.models.colleague import Colleague
from members.models.contact import Contact
from members.models.demand import FieldDemand
from members.models.disclosure import Disclosure
from members.models.dispatch import Dispatch
from members.models.expert import Expert
from members.models.expulsion import DefenceWay, Expulsion
from members.models.former_name import FormerName
from members.models.listing import Listing
from members.models.meeting import Attendance, Meeting, Passing, Resolution
from members.models.motion import Motion, Vote
from members.models.name_consent import NameConsent
from members.models.observer import Observer
from members.models.organisation import Organisation, Verification
from members.models.profile import Profile
from members.models.proxy import Proxy
from members.models.representative import Representative
from members.models.request import ChangeRequest, RequestedChange
from members.models.resignation import Resignation
from members.models.rule import Limit, Rule
from members.models.sanction import Sanction, SanctionKind
from members.models.sealed import SealedItem, SealedLot
from members.models.succession import Succession, SuccessionKind
from members.models.suspension import Suspension
from members.models.taxonomy import FieldDirection
from members.models.teller import Teller
from members.models.tenure import BodyTenure, Tenure
from members.models.term import Term
from members.models.unit import MemberUnit, TerminationGround
from members.models.wish import Wish

__all__ = [
    "AgendaItem",
    "Attendance",
    "Body",
    "BodyTenure",
    "BranchPost",
    "Campaign",
    "Certificate",
    "Change",
    "ChangeKind",
    "ChangeRequest",
    "Colleague",
    "Confirmation",
    "Contact",
    "DefenceWay",
    "Disclosure",
    "Dispatch",
    "Expert",
    "Expulsion",
    "FieldDemand",
    "FieldDirection",
    "FormerName",
    "Limit",
    "Listing",
    "Meeting",
    "MemberUnit",
    "Motion",
    "NameConsent",
    "Observer",
    "Organisation",
    "Passing",
    "Profile",
    "Proxy",
    "Representative",
    "RequestedChange",
    "Resignation",
    "Resolution",
    "Rule",
    "Sanction",
    "SanctionKind",
    "SealedItem",
    "SealedLot",
    "Succession",
    "SuccessionKind",
    "Suspension",
    "Teller",
    "Tenure",
    "Term",
    "TerminationGround",
    "Verification",
    "Vote",
    "Wish",
]
