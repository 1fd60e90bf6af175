"""The office's words."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Office(TextChoices):
    """What a member of staff is appointed to; the name of the group that says so."""

    CLERK = "clerk", _("Clerk (formal check)")
    OFFICER = "officer", _("Officer (screening, meeting, publicity)")
    SECRETARY = "secretary", _("Secretary-General (approval)")
    SYSADMIN = "sysadmin", _("System administrator")
    SECURITY = "security", _("Security administrator")
    AUDITOR = "auditor", _("Auditor")


SECRETARIAT = {Office.CLERK, Office.OFFICER, Office.SECRETARY}
KEEPERS = (Office.OFFICER, Office.SECRETARY)  # who keeps what the register holds, and makes its papers
SEPARATE = {Office.SYSADMIN, Office.SECURITY, Office.AUDITOR}  # no account holds two of these (三员分立, GB/T 22239-2019)
