"""The field that takes an upload in, and keeping what it let through."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.functional import lazy
from django.utils.translation import gettext as _

from alliance.files import scanning, shelf
from alliance.files.apart.limits import MEGABYTE, MOST
from alliance.files.binding import bind
from alliance.files.checking import Checked, check
from alliance.files.choices import WRITTEN
from alliance.files.models import StoredFile
from alliance.files.titles import PROMISED
from alliance.files.words import refusal
from alliance.history.models import kind_of

if TYPE_CHECKING:
    from django.db.models import Model

ACCEPTED = ",".join(f".{ending}" for ending in PROMISED)
DRAWABLE = ",".join(f".{ending}" for ending, kind in PROMISED.items() if kind not in WRITTEN)


def most() -> dict[str, int]:
    """How large a file may be, in MB."""
    return {"pdf": MOST["pdf"] // MEGABYTE, "other": MOST["jpeg"] // MEGABYTE}


def bounds() -> str:
    """What may be uploaded, said beforehand."""
    return _("PDF up to %(pdf)d MB; pictures (JPEG, PNG, WebP), Word (docx) and Excel (xlsx) up to %(other)d MB.") % most()


def bounds_of_a_scan() -> str:
    return _("PDF up to %(pdf)d MB; pictures (JPEG, PNG, WebP) up to %(other)d MB.") % most()


class CheckedFileField(forms.FileField):
    """One file; its cleaned value is a `Checked`, which `keep` takes."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"widget": forms.FileInput(attrs={"accept": ACCEPTED}), "help_text": lazy(bounds, str)()} | options)
        self.error_messages["empty"] = refusal("empty").message

    def clean(self, data: Any, initial: Any = None) -> Checked | None:
        if getattr(data, "has_no_room", False):
            raise refusal("full")
        upload = super().clean(data, initial)
        return check(upload) if upload else None


def once_more(stored: StoredFile) -> Checked:
    """The same bytes again, to be kept as belonging to something else; they were checked when they came."""
    path = shelf.coming()
    shutil.copyfile(stored.path, path)
    return Checked(stored.title, stored.kind, path, stored.pages, stored.signed)


class ManyFiles(forms.FileInput):
    """An input for several files."""

    allow_multiple_selected = True

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"accept": ACCEPTED, "multiple": True} | (attrs or {}))

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        return files.getlist(name) if hasattr(files, "getlist") else files.get(name)


class CheckedPaperField(CheckedFileField):
    """One paper: one file, or several pictures of its pages, which are bound into one PDF in the order given."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"widget": ManyFiles()} | options)

    def clean(self, data: Any, initial: Any = None) -> Checked | None:
        uploads = [data] if data and not isinstance(data, list) else data or [None]
        checked = [super(CheckedPaperField, self).clean(upload, initial) for upload in uploads]
        return bind(checked) if len(checked) > 1 else checked[0]


class ScanField(CheckedPaperField):
    """One paper as it looks: a PDF, or pictures of its pages; what is still to be written on has not been scanned."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"widget": ManyFiles({"accept": DRAWABLE}), "help_text": lazy(bounds_of_a_scan, str)()} | options)


class CheckedPapersField(CheckedFileField):
    """Several papers, each by itself; its cleaned value is a list of `Checked`."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"widget": ManyFiles()} | options)

    def clean(self, data: Any, initial: Any = None) -> list[Checked]:
        uploads = data if isinstance(data, list) else [data] if data else []
        if not uploads and self.required:
            raise forms.ValidationError(self.error_messages["required"], code="required")
        return [super(CheckedPapersField, self).clean(upload, initial) for upload in uploads]


def keep(checked: Checked, *, about: Model, by: Model) -> StoredFile:
    """Keep what was checked, as belonging to `about`: the bytes first, then the row, in the running transaction.

    Raises a ValidationError where there is no room. A transaction that is rolled back leaves bytes without a row, which
    the nightly sweep takes away.
    """
    stored = StoredFile(
        title=checked.title,
        kind=checked.kind,
        size=checked.size,
        sha256=checked.sha256,
        pages=checked.pages,
        signed=checked.signed,
        state=scanning.first_state(),
        kind_of_thing=kind_of(about),
        thing_id=about.pk,
        uploaded_by=by,
    )
    try:
        shelf.put(checked.path, stored.path)
    except OSError as failure:
        if failure.errno not in shelf.FULL:
            raise
        raise refusal("full") from failure
    stored.save()
    scanning.nudge_once()
    return stored
