"""Everything that anybody may open, page by page and file by file, and every personal word that the database holds."""

from __future__ import annotations

import io
import re
import zipfile
from html import unescape
from urllib.parse import urlsplit

import pypdf
from allauth.account.models import EmailAddress
from django.test import Client
from django.urls import get_resolver

from alliance.accounts.models import User
from alliance.checks import patterns
from applications.models import Application
from council.models import HonoraryChair
from members.models import BodyTenure, Contact, Expert, NameConsent, Organisation, Representative

LINK = re.compile(r'(?:href|hx-get|src)="(/[^"#]*)')
ELSEWHERE = ("/static/", "/accounts/", "/admin/", "/i18n/")
PERSONAL = {
    User: ("name", "email", "mobile"),
    EmailAddress: ("email",),
    Representative: ("name",),
    Contact: ("representative", "liaison", "email"),
    Expert: ("name", "email", "mobile"),
    HonoraryChair: ("name",),
    BodyTenure: ("person",),
    Organisation: ("legal_representative",),
    Application: (
        "legal_representative",
        *(f"{who}_{what}" for who in ("representative", "contact") for what in ("name", "phone", "email")),
    ),
}
MOST, A_PATH = 2000, 60  # addresses altogether; questions of one page


def personal_words() -> set[str]:
    """Names, addresses and numbers of persons, wherever they stand, but of those who agreed to be named."""
    found = {word for model, fields in PERSONAL.items() for row in model.objects.values_list(*fields) for word in row}
    agreed = {tenure.shown for tenure in BodyTenure.objects.select_related("expert")}
    agreed |= set(NameConsent.objects.in_force().values_list("representative__name", flat=True))
    agreed |= set(HonoraryChair.objects.exclude(consented_on=None).values_list("name", flat=True))
    return {word for word in found - agreed if word and len(word) > 1}


def everything_open(client: Client) -> dict[str, str]:
    """By its address, the words of whatever the anonymous get: from every address without a name in it, and along every link."""
    waiting = [f"/{route}" for route, _pattern in patterns(get_resolver()) if "<" not in route and "^" not in route]
    seen: dict[str, str] = {}
    asked: dict[str, int] = {}
    while waiting and len(seen) < MOST:
        address = waiting.pop()
        path = urlsplit(address).path
        if address in seen or path.startswith(ELSEWHERE) or asked.get(path, 0) >= A_PATH:
            continue
        asked[path] = asked.get(path, 0) + 1
        answer = client.get(address)
        content = b"".join(answer.streaming_content) if answer.streaming else answer.content
        seen[address] = words_of(content, answer.headers.get("Content-Type", ""))
        if answer.status_code == 200 and "html" in answer.headers["Content-Type"]:
            waiting += map(unescape, LINK.findall(seen[address]))
    return seen


def words_of(content: bytes, media_type: str) -> str:
    """The text of a page, a workbook, a document or a PDF."""
    if "pdf" in media_type:
        return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages)
    if "openxml" in media_type:
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            return "\n".join(book.read(name).decode(errors="replace") for name in book.namelist())
    return content.decode(errors="replace")
