"""What belongs: organisations and who acts for them, member units and who represents them, terms, meetings, tenures."""

from members.models.colleague import Colleague
from members.models.meeting import Attendance, Meeting, Passing, Resolution
from members.models.organisation import Organisation
from members.models.representative import Representative
from members.models.tenure import Tenure
from members.models.term import Term
from members.models.unit import MemberUnit

__all__ = ["Attendance", "Colleague", "Meeting", "MemberUnit", "Organisation", "Passing", "Representative", "Resolution", "Tenure", "Term"]
