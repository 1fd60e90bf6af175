"""How the portal draws what it says: icons, states, directions, and moments on the secretariat's clock."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from django import template
from django.templatetags.static import static
from django.utils.dateformat import format as written
from django.utils.html import format_html
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from alliance.clock import SHANGHAI

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.contrib.admin.helpers import AdminReadonlyField
    from django.core.paginator import Page
    from django.forms import BaseForm, BoundField
    from django.utils.functional import Promise
    from django.utils.safestring import SafeString

register = template.Library()

# ── icons, states, directions ────────────────────────────────────────────────────────────────────────────────────────

# ◌ off: at rest · ◐ go: on its way · ▲ todo: somebody must act · ✓ done: reached · ✕ stop: refused
TONES = {
    # an application
    "draft": "off",
    "deferred": "off",
    "lapsed": "off",
    "withdrawn": "off",
    "submitted": "go",
    "resubmitted": "go",
    "accepted": "go",
    "screened": "go",
    "expert_reviewed": "go",
    "deliberated": "go",
    "publicity": "go",
    "correction": "todo",
    "objection": "todo",
    "approved": "done",
    "admitted": "done",
    "not_accepted": "stop",
    "rejected": "stop",
    # an expert's assignment; "withdrawn" as above
    "proposed": "off",
    "assigned": "go",
    "reviewed": "done",
    "recused": "off",
    # a sealed scan
    "matched": "done",
    "signed": "done",
    "unread": "todo",
    "seen": "done",
    "wrong": "stop",
    # a membership
    "active": "done",
    "suspended": "todo",
    "resigned": "off",
    "merged": "off",
    "expelled": "off",
    "terminated": "off",
    # a notice of resignation; "withdrawn" as above
    "given": "todo",
    "confirmed": "done",
    # a nomination; "accepted" and "withdrawn" as above
    "nominated": "go",
    "consented": "go",
    "shortlisted": "go",
    "elected": "done",
    "declined": "off",
    "taken_back": "off",
    "blocked": "stop",
    # a contest
    "prepared": "off",
    "voting": "todo",
    "entered": "todo",
    "counted": "go",
    "announced": "go",
    "certified": "done",
    "corrected": "todo",
    # a ballot sheet
    "issued": "go",
    "accounted": "done",
    # a letter
    "queued": "go",
    "sending": "go",
    "sent": "done",
    "failed": "stop",
    "to_be_told": "todo",
    "cancelled": "off",
    # a certificate; "suspended" as above
    "valid": "done",
    "expired": "todo",
    "replaced": "off",
    "void": "stop",
    # a tenure
    "in_office": "done",
    "ended": "off",
    # one of many sealed PDFs; "matched" as above
    "again": "todo",
    "unmatched": "stop",
    "twice": "stop",
    "refused": "stop",
    # long work
    "waiting": "off",
    "running": "go",
    "finished": "done",
    "stopped": "stop",
    # a file, as the virus scanner sees it
    "pending": "go",
    "clean": "done",
    "infected": "stop",
    "unscanned": "off",
    # a change request, and a yearly confirmation
    "settled": "done",
    "awaited": "todo",
    "changed": "done",
    # a question to the office
    "asked": "todo",
    "answered": "done",
    # a meeting
    "planned": "off",
    "convened": "go",
    "open": "todo",
    "closed": "done",
    # an announcement; "draft" and "withdrawn" as above
    "published": "done",
}

DIRECTIONS: dict[str, tuple[str, str | Promise]] = {
    "electric": ("electric", _("Electric")),
    "hydrogen": ("hydrogen", _("Hydrogen fuel")),
    "icv": ("icv", _("Intelligent and connected")),
    "infrastructure": ("infra", _("Infrastructure")),
}


@register.simple_tag
def icon(name: str, classes: str = "gb-icon") -> SafeString:
    """The drawing `name` of icons.svg; the word that says the same stands beside it."""
    return format_html('<svg class="{}" aria-hidden="true"><use href="{}#{}"/></svg>', classes, static("img/icons.svg"), name)


@register.filter
def tone(state: str) -> str:
    """The tone of a state's value: off, go, todo, done or stop."""
    return TONES.get(str(state), "off")


@register.simple_tag
def state(thing: Any, tone: str = "") -> SafeString:
    """The state of `thing`, or a state itself, as shape, word and colour; `tone` where somebody else must act."""
    value = getattr(thing, "state", thing)
    word = thing.get_state_display() if hasattr(thing, "get_state_display") else getattr(value, "label", value)
    return format_html('<span class="gb-state is-{}">{}</span>', tone or TONES.get(str(value), "off"), word)


@register.simple_tag
def direction(value: str) -> SafeString | str:
    """One of the four directions as glyph, word and colour; nothing for a seat or unit without one."""
    if value not in DIRECTIONS:
        return ""
    name, word = DIRECTIONS[value]
    return format_html(
        '<span class="gb-dir is-{0}"><svg aria-hidden="true"><use href="{1}#{0}"/></svg>{2}</span>', name, static("img/icons.svg"), word
    )


@register.simple_tag(takes_context=True)
def contents(context: dict[str, Any], field: AdminReadonlyField) -> str:
    """What a field of a record says that is only read. A row of another list is a link for whoever may open it, and words for others."""
    name, site, thing = field.field["field"], field.model_admin.admin_site, field.form.instance
    model = {column.name: column.related_model for column in thing._meta.fields}.get(name)
    if model and site.is_registered(model) and not site.get_model_admin(model).has_view_permission(context["request"]):
        return str(getattr(thing, name) or "–")
    return field.contents()


@register.filter
def glyph(value: str) -> str:
    """What a direction is called in icons.svg and in the stylesheet: `infra` for infrastructure."""
    return DIRECTIONS[value][0] if value in DIRECTIONS else "free"


# ── moments ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def _here(moment: date) -> date:
    """An aware instant as Shanghai's clock shows it; a plain day as it is."""
    return moment.astimezone(SHANGHAI) if isinstance(moment, datetime) else moment


def _written(moment: date, chinese: str, english: str) -> str:
    return written(moment, english if get_language() == "en" else chinese)


@register.filter
def day(moment: date | None) -> str:
    """The day in Asia/Shanghai: 2020年12月12日, 12 December 2020."""
    return _written(_here(moment), "Y年n月j日", "j F Y") if moment else ""


@register.filter
def moment(moment: datetime | None) -> str:
    """The day and the minute in Asia/Shanghai: 2020年12月12日 10:31."""
    return _written(_here(moment), "Y年n月j日 H:i", "j F Y, H:i") if moment else ""


@register.filter
def deadline(moment: datetime | None) -> str:
    """The promise as a date: an instant at midnight is the 24:00 of the day before it, 2020年12月12日（星期六）24:00."""
    if not moment:
        return ""
    here = _here(moment)
    clock = written(here, "H:i")
    if here.timetz().replace(tzinfo=None) == time.min:
        here, clock = here - timedelta(days=1), "24:00"
    return _written(here, "Y年n月j日（l）", "j F Y (l), ") + clock


@register.filter
def deadline_day(moment: datetime | None) -> str:
    """The last day of a limit, without its hour: 2020年12月12日."""
    return _written(_here(moment - timedelta(microseconds=1)), "Y年n月j日", "j F Y") if moment else ""


@register.filter
def hours(span: timedelta | None) -> int:
    """The whole hours of a span beyond its whole days."""
    return span.seconds // 3600 if span else 0


@register.filter
def machine(moment: date | None) -> str:
    """The same for machines, in `<time datetime="…">`: 2020-12-12, or the instant in UTC."""
    if isinstance(moment, datetime):
        return moment.astimezone(UTC).isoformat(timespec="seconds")
    return moment.isoformat() if moment else ""


# ── lists ────────────────────────────────────────────────────────────────────────────────────────────────────────────


@register.filter
def around(page: Page) -> Iterator[int | str]:
    """The pages to offer: the ends, and those beside this one."""
    return page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1)


# ── forms ────────────────────────────────────────────────────────────────────────────────────────────────────────────


@register.filter
def most(field: BoundField) -> str:
    """How many characters a long text takes, for the counter beside it. The browser then counts and cuts nothing off: the form refuses, the words stay."""
    attrs = field.field.widget.attrs
    if "rows" in attrs and "maxlength" in attrs:
        attrs["data-most"] = attrs.pop("maxlength")
    return str(attrs.get("data-most", ""))


@register.filter
def plain(form: BaseForm) -> BaseForm:
    """A form of the account system without the placeholders that only repeat its labels."""
    for field in form.fields.values():
        field.widget.attrs.pop("placeholder", None)
    return form


@register.filter
def asked(form: BaseForm) -> BaseForm:
    """The same where it is what the page is for: the first field in focus."""
    form = plain(form)
    if not form.errors and (visible := form.visible_fields()):
        visible[0].field.widget.attrs["autofocus"] = True
    return form
