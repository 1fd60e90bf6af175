"""The poster of an announcement: one A4 page with its title, its beginning, and a QR code that leads to its page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils import translation
from django.utils.safestring import SafeString

from alliance.announcements.choices import Audience, State
from alliance.announcements.words import beginning, blocks
from alliance.documents import codes
from alliance.documents.making import CHINESE
from alliance.documents.typesetting import typeset
from alliance.documents.words import day
from alliance.facts.models import facts
from alliance.templatetags import portal

if TYPE_CHECKING:
    from alliance.announcements.models import Announcement

MOST_CORRECTIONS = 3  # the latest
MOST_WORDS = 600  # characters; the rest is on the page behind the code


def address(announcement: Announcement) -> str:
    return settings.SITE_URL + announcement.get_absolute_url()


def code(announcement: Announcement) -> SafeString:
    """The QR code for a page of ours."""
    return codes.on_screen(address(announcement), scale=4)


def poster(announcement: Announcement) -> bytes:
    """The PDF; raises MissingGlyphs where the fonts lack a character of it."""
    with translation.override(CHINESE):
        return typeset("poster", words(announcement), moment=announcement.published_at or announcement.history.latest().history_date)


def words(announcement: Announcement) -> dict[str, Any]:
    said = facts()
    begun = announcement.valid_from or announcement.published_at
    return {
        "alliance": said.name_hans,
        "issued_by": said.name_hans,
        "kind": str(announcement.get_kind_display()),
        "title": announcement.title,
        "blocks": [
            *corrected(announcement),
            *({"kind": block.kind, "lines": list(block.lines)} for block in blocks(beginning_of(announcement))),
        ],
        "date": day(begun) if begun else "",
        "until": portal.deadline(announcement.valid_until),
        "members": announcement.audience == Audience.MEMBERS,
        "draft": announcement.state != State.PUBLISHED,
        "attachments": announcement.files.count(),
        "qr": codes.on_paper(address(announcement)),
        "address": address(announcement),
    }


def corrected(announcement: Announcement) -> list[dict[str, Any]]:
    """What was put right stands above the text on paper, too; how long the poster has hung, nobody knows."""
    return [{"kind": "corrected", "lines": each.words.splitlines()} for each in announcement.corrections.all()[:MOST_CORRECTIONS]]


def beginning_of(announcement: Announcement) -> str:
    """Its first paragraphs, marks of lists included."""
    return announcement.body if len(announcement.body) <= MOST_WORDS else beginning(announcement.body, MOST_WORDS)
