"""What a typed text may hold: everything but what nobody can see and only a trick would use."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from crispy_forms.helper import FormHelper
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from typing import Any

    from django.http import HttpRequest, QueryDict

LONGEST_ID = 19  # digits of a bigint
LINES = {"\n", "\r", "\t"}
TURNING = {chr(code) for code in (*range(0x202A, 0x202F), *range(0x2066, 0x206A))}  # bidirectional overrides and isolates


def refuse_hidden(text: str) -> None:
    """Raise a ValidationError where `text` holds control characters or marks that turn the direction of reading."""
    if any(character in TURNING or (unicodedata.category(character) == "Cc" and character not in LINES) for character in text):
        raise ValidationError(_("The text holds characters that cannot be seen. Please type it in again."), code="hidden")


def as_read(hans: str, hant: str, english: str) -> str:
    """What the office has written, in the reader's language; in simplified characters, where it has written it in no other."""
    return {"zh-hant": hant, "en": english}.get(get_language() or "", "") or hans


def key(text: str) -> int | None:
    """The id that an address names, if it can be one: up to eighteen plain digits."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < LONGEST_ID else None


def posted(request: HttpRequest) -> QueryDict | None:
    """What was posted, even if it is nothing; None where the page is only looked at."""
    return request.POST if request.method == "POST" else None


def helper() -> FormHelper:
    """Crispy's settings for every form of the portal: the template writes the form tag, the errors and the buttons."""
    shape = FormHelper()
    shape.form_tag = False
    shape.disable_csrf = True
    shape.form_show_errors = True
    shape.error_text_inline = True
    return shape


class PlainText:
    """A form whose texts hold nothing hidden and are kept in one form (NFC), so that what looks equal is equal."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = helper()
        for field in self.fields.values():
            if isinstance(field, forms.CharField):
                field.validators.append(refuse_hidden)

    def clean(self) -> dict[str, Any]:
        super().clean()
        for name, value in self.cleaned_data.items():
            if type(value) is str:
                self.cleaned_data[name] = unicodedata.normalize("NFC", value)
        return self.cleaned_data
