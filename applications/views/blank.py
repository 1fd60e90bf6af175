"""Applying off the screen: the blank form, for anybody."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.views.decorators.http import require_safe

from alliance.accounts.doors import anyone, open_to
from alliance.documents import word
from alliance.documents.kinds import PDF
from alliance.documents.serving import attached
from applications import blank

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@open_to(anyone)
@require_safe
def as_pdf(request: HttpRequest) -> HttpResponse:
    return attached(blank.pdf(), PDF, "入会申请表_空白.pdf")


@open_to(anyone)
@require_safe
def as_docx(request: HttpRequest) -> HttpResponse:
    return attached(blank.docx(), word.MEDIA_TYPE, "入会申请表_空白.docx")
