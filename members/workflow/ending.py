"""How a membership ends, whatever ended it; and how what ended with it is opened again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from alliance import clock
from members.choices import CertificateEnd
from members.models import MemberUnit
from members.workflow.certifying import end_certificate

if TYPE_CHECKING:
    from django.db.models import Model

Ended = dict[str, list[int]]  # the keys of the rows that ended, by the unit's name for them


def end_membership(unit: MemberUnit, reason: str) -> Ended:
    """From today on it is no member: its certificate is void, it leaves every body, its suspension is over. Its seat is vacant by itself."""
    unit.ended_on, unit.end_reason = clock.today(), reason
    ended: Ended = {"certificates": [], "body_tenures": [], "suspensions": []}
    for certificate in unit.certificates.running():
        end_certificate(certificate, CertificateEnd.VOID, reason=reason)
        ended["certificates"].append(certificate.pk)
    for tenure in unit.body_tenures.running():
        leave(tenure, end_reason=unit.get_state_display())
        ended["body_tenures"].append(tenure.pk)
    for suspension in unit.suspensions.running():
        leave(suspension)
        ended["suspensions"].append(suspension.pk)
    return ended


def leave(row: Model, **also: str) -> None:
    """It ends today, or on the day it began if that lies ahead."""
    row.ended_on = max(clock.today(), row.begins_on)
    for name, value in also.items():
        setattr(row, name, value)
    row.save(update_fields=["ended_on", *also])


OPEN = {
    "certificates": {"ended_on": None, "end": "", "end_reason": ""},
    "body_tenures": {"ended_on": None, "end_reason": ""},
    "suspensions": {"ended_on": None},
}


def open_again(unit: MemberUnit, ended: Ended) -> None:
    """The membership runs on as if it had not ended, with just what ended when it did."""
    unit.ended_on, unit.end_reason = None, ""
    for accessor, values in OPEN.items():
        for row in getattr(unit, accessor).filter(pk__in=ended.get(accessor, [])):
            for name, value in values.items():
                setattr(row, name, value)
            row.save(update_fields=[*values])
