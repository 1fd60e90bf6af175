"""What goes out to Excel, and comes in: the register of organisations, and the roll of members."""

from members.resources.organisations import OrganisationRegister, OrganisationSheet, template
from members.resources.roll import Roll

__all__ = ["OrganisationRegister", "OrganisationSheet", "Roll", "template"]
