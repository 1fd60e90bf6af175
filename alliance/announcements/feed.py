"""The feed: public announcements in force, and what the alliance's procedures are now. Nothing of the members' is in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.syndication.views import Feed as SyndicationFeed
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape, linebreaks
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from alliance import clock
from alliance.announcements.entries import Entry, entry, procedures
from alliance.announcements.models import Announcement
from alliance.announcements.words import beginning
from alliance.facts.models import facts
from alliance.templatetags import portal

if TYPE_CHECKING:
    from datetime import datetime

MOST, MOST_WORDS = 30, 400


class Feed(SyndicationFeed):
    """Atom 1.0 (RFC 4287); addresses are the site's own, whoever asks."""

    feed_type = Atom1Feed
    link = feed_url = ""

    def get_object(self, request: object) -> None:
        self.link = settings.SITE_URL + reverse("announcements")
        self.feed_url = settings.SITE_URL + reverse("announcements_feed")
        self.language = get_language()

    def title(self) -> str:
        return f"{facts().name} · {_('Announcements')}"

    def items(self) -> list[tuple[Entry, str]]:
        """Each with the beginning of its text."""
        rows = Announcement.objects.in_force(clock.now()).public().latest()[:MOST]
        said = [(entry(row), beginning(row.body, MOST_WORDS)) for row in rows]
        return sorted([*said, *((each, until(each)) for each in procedures())], key=lambda item: item[0].since, reverse=True)

    def item_title(self, item: tuple[Entry, str]) -> str:
        return f"[{item[0].kind_in_words}] {item[0].title}"

    def item_description(self, item: tuple[Entry, str]) -> str:
        """Feed readers take it for HTML, and it is text."""
        return linebreaks(escape(item[1]))

    def item_link(self, item: tuple[Entry, str]) -> str:
        return settings.SITE_URL + item[0].url

    def item_guid(self, item: tuple[Entry, str]) -> str:
        return f"{settings.SITE_URL}{item[0].url}#{item[0].key}"

    def item_pubdate(self, item: tuple[Entry, str]) -> datetime:
        return item[0].since


def until(each: Entry) -> str:
    """What there is to say of a procedure: until when."""
    return _("until %(day)s") % {"day": portal.deadline(each.until)} if each.until else ""
