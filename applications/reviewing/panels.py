"""A panel's word on an application, recorded by its leader or by the office."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from alliance import clock
from alliance.history.record import Code, record
from alliance.workflow import NotAllowed, Refused, to_hold
from applications import rules
from applications.choices import State
from applications.models import Application, GroupOpinion

if TYPE_CHECKING:
    from django.db.models import Model

    from applications.models import Panel


@transaction.atomic
def record_opinion(panel: Panel, application: Application, *, by: Model, advice: str, opinion: str) -> GroupOpinion:
    """What the group says; it may be put in other words until the review is concluded."""
    held = to_hold(Application).get(application.pk)
    if not rules.may_record(by, panel, held):
        raise NotAllowed(thing=held)
    if held.state != State.SCREENED or held.batch_id != panel.batch_id:
        raise Refused(_("The expert review of this application is not open: nothing was recorded."), thing=held)
    said = {"advice": advice, "opinion": opinion, "recorded_by": by, "recorded_at": clock.now()}
    found, _is_new = GroupOpinion.objects.update_or_create(panel=panel, application=held, defaults=said)
    record(found, "record_opinion", by=by, inputs={"application": held, "advice": Code(advice)})
    return found
