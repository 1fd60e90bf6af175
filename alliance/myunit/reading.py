"""What is held of a unit, and what was written about it: the letters to whoever acted for it, and the papers made about it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Min, Q
from django.utils.text import capfirst

from alliance.documents.models import Paper
from alliance.history.models import kind_of
from alliance.letters.models import Letter
from alliance.letters.models.letter import UNSENT
from council.models import PersonTenure, UnitTenure
from members.amounts import unit_of
from members.forms.changing import SECTIONS
from members.forms.profile import UNITS
from members.models import Certificate, MemberUnit
from members.models.demand import LABELS, REPRESENTATIVE
from members.models.request import in_words, value_in
from members.notices import CONVENED

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.utils.functional import Promise

APPS = ("members", "council")  # what an application is about has pages of its own


def things_of(unit: MemberUnit) -> list[QuerySet]:
    """The unit, and whatever belongs to it by a relation of that name."""
    heirs = [each.related_model for each in MemberUnit._meta.related_objects if each.field.name == "unit"]
    ours = [model for model in heirs if model._meta.app_label in APPS and not model.__name__.startswith("Historical")]
    return [MemberUnit.objects.filter(pk=unit.pk), *(model.objects.filter(unit=unit) for model in ours)]


def letters_of(unit: MemberUnit) -> QuerySet[Letter]:
    """What was sent to those who act or acted for it, about it; of copies to several of them one, the latest first."""
    organisation = unit.organisation
    to_theirs = Q(recipient__colleague_of__organisation=organisation) | Q(recipient__represents__unit=unit)
    if contact := getattr(getattr(organisation, "contact", None), "email", ""):
        to_theirs |= Q(recipient=None, to=contact)
    calls = Q(template=CONVENED.name, key__contains=f":{unit.pk}:")
    about = Letter.objects.about_any(things_of(unit)) | Letter.objects.filter(calls)
    found = about.filter(to_theirs).exclude(state__in=UNSENT).order_by()
    copies = found.values("template", "kind_of_thing", "thing_id", "subject").annotate(first=Min("pk"))
    return Letter.objects.filter(pk__in=copies.values("first")).order_by("-id")


def papers_of(unit: MemberUnit) -> QuerySet[Paper]:
    """The papers about the unit, its certificates and its seats, the latest first; without their contents."""
    things: list[QuerySet] = [
        MemberUnit.objects.filter(pk=unit.pk),
        Certificate.objects.filter(unit=unit),
        UnitTenure.objects.filter(unit=unit),
        PersonTenure.objects.filter(unit_tenure__unit=unit),
    ]
    about = Q()
    for found in things:
        about |= Q(kind_of_thing=kind_of(found.model), thing_id__in=found.order_by().values("pk"))
    return Paper.objects.filter(about).defer("content").order_by("-id")


def sections_of(unit: MemberUnit) -> list[tuple[Promise, list[dict[str, Any]]]]:
    """Everything that the register holds, in the order of the form: `{name, label, value, unit}` under each head."""
    person = [field(unit, REPRESENTATIVE)]
    found = [(head, [field(unit, name) for name in names if name in LABELS]) for head, names in SECTIONS.items()]
    return [(head, fields or person) for head, fields in found]


def field(unit: MemberUnit, name: str) -> dict[str, Any]:
    value = in_words(name, value_in(unit, name))
    counted = unit_of(name, UNITS, unit.organisation.currency) if value else ""
    return {"name": name, "label": capfirst(str(LABELS[name])), "value": value, "unit": counted}
