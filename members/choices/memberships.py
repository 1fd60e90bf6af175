"""Which words there are for a membership: its states, certificates and resignations."""

from datetime import timedelta

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class MembershipState(TextChoices):
    """How a membership stands."""

    ACTIVE = "active", _("Active")
    SUSPENDED = "suspended", _("Suspended")
    RESIGNED = "resigned", _("Resigned")
    LAPSED = "lapsed", _("Deemed to have resigned")
    MERGED = "merged", _("Merged or split")
    EXPELLED = "expelled", _("Expelled")
    TERMINATED = "terminated", _("Terminated")


RUNNING = (MembershipState.ACTIVE, MembershipState.SUSPENDED)


UNDONE_WITHIN = timedelta(days=1)  # a merger or split that was registered by mistake


class ResignationState(TextChoices):
    """What became of a unit's notice that it leaves."""

    GIVEN = "given", pgettext_lazy("resignation", "To confirm")
    CONFIRMED = "confirmed", pgettext_lazy("resignation", "Confirmed")
    WITHDRAWN = "withdrawn", pgettext_lazy("resignation", "Withdrawn")


class CertificateState(TextChoices):
    """How a certificate stands on a day."""

    VALID = "valid", pgettext_lazy("certificate", "Valid")
    SUSPENDED = "suspended", pgettext_lazy("certificate", "Membership suspended")
    EXPIRED = "expired", pgettext_lazy("certificate", "Expired")
    REPLACED = "replaced", pgettext_lazy("certificate", "Replaced")
    VOID = "void", pgettext_lazy("certificate", "Void")


class CertificateEnd(TextChoices):
    """Why a certificate ended before its last day."""

    REPLACED = "replaced", pgettext_lazy("certificate", "Replaced")
    VOID = "void", pgettext_lazy("certificate", "Void")


class SealedOutcome(TextChoices):
    """What would become of one of many sealed PDFs."""

    WAITING = "waiting", pgettext_lazy("sealed certificate", "Not looked at yet")
    MATCHED = "matched", pgettext_lazy("sealed certificate", "Matched")
    AGAIN = "again", pgettext_lazy("sealed certificate", "Matched, takes the place of an earlier one")
    UNMATCHED = "unmatched", pgettext_lazy("sealed certificate", "Belongs to no certificate")
    TWICE = "twice", pgettext_lazy("sealed certificate", "There twice")
    ENDED = "ended", pgettext_lazy("sealed certificate", "Its certificate counts no more")
    REFUSED = "refused", pgettext_lazy("sealed certificate", "Refused")


TO_KEEP = (SealedOutcome.MATCHED, SealedOutcome.AGAIN)
