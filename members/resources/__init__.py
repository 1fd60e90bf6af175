"""What goes out to Excel, and comes in: the register of organisations, the roll of members, and who has not confirmed."""

from members.resources import confirmations
from members.resources.organisations import OrganisationRegister, OrganisationSheet, template
from members.resources.roll import Roll

__all__ = ["OrganisationRegister", "OrganisationSheet", "Roll", "confirmations", "template"]
