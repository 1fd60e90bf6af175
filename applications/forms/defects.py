"""Naming defects: which of the code list, where in the form or among the papers, and in own words."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from alliance.text import refuse_hidden
from applications.choices import OPENS, Defect, Paper, Section
from applications.models import Application
from applications.models.answers import FIELDS

LONGEST = 300  # characters of the office's own words on one defect
STANDS = ("jurisdiction", "reg_no")  # are not opened: the number is what an application is known by


def places() -> list[tuple[Any, list[tuple[str, str]]]]:
    """What can be opened, by section: fields and kinds of papers."""
    fields = [
        (section.label, [(name, Application.label(name)) for name in names if name not in STANDS]) for section, names in FIELDS.items()
    ]
    return [*fields, (Section.ATTACHMENTS.label, [(paper.value, paper.label) for paper in Paper])]


def listed(labels: list[Any]) -> str:
    """Each once: a field and a kind of paper may be called the same."""
    return pgettext("list", ", ").join(dict.fromkeys(str(label) for label in labels))


class DefectsWidget(forms.Widget):
    """A line for each defect: tick, places, own words."""

    template_name = "admin/defects.html"

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[dict[str, Any]]:
        several = getattr(data, "getlist", lambda key: data.get(key, []))
        ticked = several(name)
        return [
            {"code": code, "fields": several(f"{name}-{code}-where"), "words": data.get(f"{name}-{code}-words", "")}
            for code in Defect.values
            if code in ticked
        ]

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        said = {each["code"]: each for each in value or []}
        where = places()
        lines = [
            {
                "defect": defect,
                "is_ticked": defect.value in said,
                "chosen": listed([label for _group, options in where for field, label in options if field in chosen]),
                "where": [(group, [(field, label, field in chosen) for field, label in options]) for group, options in where],
                "words": said.get(defect.value, {}).get("words", ""),
            }
            for defect in Defect
            for chosen in [said.get(defect.value, {}).get("fields") or [str(field) for field in OPENS[defect]]]
        ]
        return super().get_context(name, value, attrs) | {"lines": lines, "name": name, "longest": LONGEST}


class DefectsField(forms.Field):
    """The defects that were ticked, a place each: `[{"code", "field", "words"}]`."""

    widget = DefectsWidget
    default_error_messages = {"required": _("Please tick at least one defect."), "long": _("At most %(most)d characters on one defect.")}

    def clean(self, value: Any) -> list[dict[str, str]]:
        if not value:
            raise ValidationError(self.error_messages["required"], code="required")
        known = {field for _group, options in places() for field, _label in options}
        found = []
        for each in value:
            words = each["words"].strip()
            refuse_hidden(words)
            if len(words) > LONGEST:
                raise ValidationError(self.error_messages["long"], code="long", params={"most": LONGEST})
            chosen = [field for field in each["fields"] if field in known] or [str(field) for field in OPENS[Defect(each["code"])]]
            found += [{"code": each["code"], "field": field, "words": words} for field in chosen]
        return found
