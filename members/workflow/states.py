"""The table of what can happen to a membership: the files beside this one enter their steps in it."""

from alliance.workflow import Workflow
from members.choices import MembershipState

membership = Workflow(MembershipState)
ACTIVE, SUSPENDED = MembershipState.ACTIVE, MembershipState.SUSPENDED
