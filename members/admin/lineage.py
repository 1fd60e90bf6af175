"""What a unit continues, and what is read through it: the one place that names what other apps keep about a unit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Max
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from alliance import clock
from alliance.letters.models import Letter
from members import workflow
from members.models import Change, Expulsion, MemberUnit, Resignation, Sanction, Succession, Suspension

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from django.db.models import Model, QuerySet

READ_THROUGH = ("application", "tenures", "nominations", "body_tenures", "certificates", "representatives")  # accessors of a unit
ABOUT = (Change, Suspension, Sanction, Expulsion, Resignation)  # what letters are about, besides the unit itself


def before_it(unit: MemberUnit) -> list[dict[str, Any]]:
    """The units that went into `unit`, and its own earlier memberships, each with what was theirs."""
    units = MemberUnit.objects.lineage([unit]).exclude(pk=unit.pk).select_related("organisation")
    return [{"unit": each, "url": page(each), "things": [*theirs(each)]} for each in units]


def theirs(unit: MemberUnit) -> Iterator[dict[str, Any]]:
    """What one unit left behind: each kind, with the pages of its rows."""
    for accessor in READ_THROUGH:
        relation = MemberUnit._meta.get_field(accessor)
        rows = [*relation.related_model.objects.filter(**{relation.field.name: unit}).order_by("pk")]
        if rows:
            words = [{"label": str(row), "url": page(row)} for row in rows]
            yield {"label": capfirst(relation.related_model._meta.verbose_name_plural), "rows": words}
    if letters := [*letters_about(unit).order_by("pk")]:
        yield {"label": _("Letters"), "rows": [{"label": each.subject, "url": page(each)} for each in letters]}


def letters_about(unit: MemberUnit) -> QuerySet:
    """What was written to it about itself."""
    ours = [MemberUnit.objects.filter(pk=unit.pk), *(model.objects.filter(unit=unit) for model in ABOUT)]
    return Letter.objects.about_any([*ours, Succession.objects.filter(predecessor=unit)])


def page(row: Model) -> str:
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk])


def where_it_went(unit: MemberUnit) -> list[dict[str, Any]]:
    """What continues it: the unit into which it went, or the membership that its organisation has had since."""
    succession = unit.went_into.in_force().select_related("successor__organisation").first()
    again = MemberUnit.objects.filter(previous=unit).select_related("organisation").first()
    return [{"unit": each, "url": page(each)} for each in (succession and succession.successor, again) if each]


def former_names(unit: MemberUnit) -> list[Model]:
    return [*unit.organisation.former_names.all()]


def pointless(unit: MemberUnit) -> set[str]:
    """Steps that its state allows and that would be refused as things are: of charges where none are open, and of silence where there is none."""
    charged = unit.expulsions.open().exists()
    silent = MemberUnit.objects.filter(pk=unit.pk).idle(clock.now() - workflow.idle_since()).exists()
    of_charges = {"charge"} if charged else {"hear_defence", "drop_charges"}
    return of_charges if silent else of_charges | {"deem_resigned"}


def last_sign_of_life(unit: MemberUnit) -> datetime | None:
    """When somebody of the unit last signed in, or came to a meeting."""
    signed_in = unit.organisation.colleagues.filter(until=None).aggregate(at=Max("user__last_login"))["at"]
    spoke = unit.representatives.filter(until=None).aggregate(at=Max("user__last_login"))["at"]
    came = unit.attendances.aggregate(at=Max("signed_in_at"))["at"]
    return max(filter(None, (signed_in, spoke, came)), default=None)
