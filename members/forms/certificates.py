"""What may be typed in about certificates: until when, how they are printed, which came back sealed, and by which courier they went."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from alliance import clock
from alliance.exchange import table
from alliance.facts.models import Facts
from alliance.files.forms import ManyFiles
from alliance.text import PlainText
from members.models.certificate import written

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from members.models import Certificate

LINE = re.compile(r"[\t,，;；]+|\s{2,}| ")
COLUMNS = ("证书编号", "快递公司", "快递单号")
MOST_LINES = 2000
A_DAY = {"type": "date"}


def today() -> Any:
    return clock.today()


class ExtendForm(forms.Form):
    """Until when certificates are good from now on."""

    good_until = forms.DateField(label=_("Good until"), widget=forms.DateInput(A_DAY, format="%Y-%m-%d"))


class CourierForm(PlainText, forms.Form):
    """How one certificate went."""

    courier = forms.CharField(label=_("Courier"), max_length=40)
    number = forms.CharField(label=_("Courier number"), max_length=40)
    sent_on = forms.DateField(label=_("Sent on"), initial=today, widget=forms.DateInput(A_DAY, format="%Y-%m-%d"))


class PrintForm(forms.Form):
    """What is made of the certificates that are seen."""

    how = forms.ChoiceField(label=_("What"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, choices: list[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["how"].choices = choices
        self.fields["how"].initial = choices[0][0]


class OffsetsForm(forms.ModelForm):
    """How far what is printed on stock is moved."""

    class Meta:
        model = Facts
        fields = ("overlay_x", "overlay_y")


class SealedFiles(forms.FileField):
    """PDFs, or ZIPs of them; its cleaned value is a list of uploads."""

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        uploads = data if isinstance(data, list) else [data] if data else []
        if not uploads:
            raise ValidationError(self.error_messages["required"], code="required")
        for upload in uploads:
            super().clean(upload, initial)
            if not upload.name.lower().endswith((".pdf", ".zip")):
                raise ValidationError(_("Only PDFs and ZIPs of PDFs are taken in here."))
        return uploads


class SealedForm(forms.Form):
    """Certificates that were sealed elsewhere."""

    files = SealedFiles(
        label=_("Sealed certificates"),
        widget=ManyFiles(attrs={"accept": ".pdf,.zip"}),
        help_text=_(
            "PDFs, or ZIPs of PDFs, at most 20 MB a file. Each belongs to the certificate whose number stands in its name, or whose code stands on its face. You see what belongs where before anything is kept."
        ),
    )


class CouriersForm(PlainText, forms.Form):
    """A list of parcels, pasted or as a table: the certificate number, the courier, the courier number."""

    sent_on = forms.DateField(label=_("Sent on"), initial=today, widget=forms.DateInput(A_DAY, format="%Y-%m-%d"))
    courier = forms.CharField(label=_("Courier, where a line names none"), max_length=40, required=False)
    lines = forms.CharField(
        label=_("Lines"),
        required=False,
        max_length=200_000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("A line a certificate: certificate number, courier, courier number; or certificate number, courier number."),
    )
    table = forms.FileField(
        label=_("Or a table"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xls,.csv"}),
        help_text=_("With the columns 证书编号, 快递公司, 快递单号: the list of addressees, filled in."),
    )

    def __init__(self, *args: Any, within: QuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.within = within

    def clean_table(self) -> Any:
        sent = self.cleaned_data["table"]
        return table.read(sent) if sent else None

    def clean(self) -> dict[str, Any]:
        """`parcels`: each line with its certificate, or with why it has none."""
        said = super().clean()
        rows = [*from_text(said.get("lines") or ""), *from_table(said.get("table"))]
        if not rows and not self.errors:
            raise ValidationError(_("Please paste lines, or choose a table."))
        if len(rows) > MOST_LINES:
            raise ValidationError(_("More than %(most)d lines at once: please send them in parts.") % {"most": MOST_LINES})
        said["parcels"] = matched(rows, said.get("courier") or "", self.within)
        return said


def from_text(text: str) -> list[tuple[str, str, str]]:
    found = []
    for line in text.splitlines():
        words = [word for word in LINE.split(line.strip()) if word]
        if words:
            found.append((words[0], " ".join(words[1:-1]), words[-1] if len(words) > 1 else ""))
    return found


def from_table(read: Any) -> list[tuple[str, str, str]]:
    if read is None:
        return []
    rows = (dict(zip(read.heads, texts, strict=False)) for _row, texts in read.lines)
    found = [tuple(row.get(head, "").strip() for head in COLUMNS) for row in rows]
    return [(number, courier, parcel) for number, courier, parcel in found if number and parcel]


def matched(rows: list[tuple[str, str, str]], courier: str, within: QuerySet) -> list[dict[str, Any]]:
    """Each line as it would be noted: `why` says what hinders it."""
    numbers = {written(number) for number, _courier, _parcel in rows}
    known = {each.number: each for each in within.filter(number__in=numbers).with_unit()}
    seen: set[tuple[str, str]] = set()
    found = []
    for typed, named, parcel in rows:
        certificate, by = known.get(written(typed)), named or courier
        why = hindrance(certificate, by, parcel, (written(typed), parcel) in seen)
        seen.add((written(typed), parcel))
        found.append({"typed": typed, "certificate": certificate, "courier": by[:40], "number": parcel[:40], "why": why})
    return found


def hindrance(certificate: Certificate | None, courier: str, parcel: str, is_there_twice: bool) -> Any:  # noqa: FBT001 — the last of four questions
    if certificate is None:
        return _("There is no certificate with this number.")
    if certificate.end:
        return _("This certificate counts no more.")
    if not courier or not parcel:
        return _("The courier, or its number, is missing.")
    return _("This line stands there twice.") if is_there_twice else ""
