"""An election by the office's own pages: the call and its list; the meeting, its papers and its door; ballots, two entries, two signatures."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db.models import F

from alliance import clock
from alliance.accounts.choices import Office as Group
from alliance.documents.models import Paper
from council.models import Call, Contest
from members.models import Meeting
from tests import factories

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.db.models import Model

    from tests.e2e.conftest import Visitor

LONG = timedelta(days=20)


@dataclass
class Office:
    """Four desks: a tally is entered by two people apart, agreed on by a third, and certified by a fourth."""

    clerk: Visitor
    officer: Visitor
    colleague: Visitor
    secretary: Visitor


def office(account: Callable[..., Model], visitor: Callable[[], Visitor]) -> Office:
    """Each desk with somebody signed in at it."""
    names = {"clerk": "张示一", "officer": "李范二", "colleague": "周示五", "secretary": "王例三"}
    groups = {"clerk": Group.CLERK, "officer": Group.OFFICER, "colleague": Group.OFFICER, "secretary": Group.SECRETARY}
    desks = {desk: visitor() for desk in names}
    for desk, one in desks.items():
        one.becomes(account(names[desk], groups[desk]))
    return Office(**desks)


def page(thing: Model) -> str:
    return f"/admin/{thing._meta.app_label}/{thing._meta.model_name}/{thing.pk}/change/"


def take(person: Visitor, thing: Model, step: str, typed: dict[str, object] | None = None) -> None:
    """A step from the thing's page; where it asks for something, answered."""
    person.opens(page(thing))
    person.takes(step)
    if typed is not None:
        person.fills(typed)
        person.confirms()


def stay_or_open(person: Visitor, thing: Model) -> None:
    """The thing's page, as it is where nobody else has moved it since."""
    if not person.page.url.endswith(page(thing)):
        person.opens(page(thing))


def make(person: Visitor, thing: Model, *kinds: str) -> None:
    """Each paper by one click, from the thing's page."""
    stay_or_open(person, thing)
    for kind in kinds:
        person.goes(person.page.locator(f"button[name=_paper][value={kind}]"))
        assert Paper.objects.about(thing).filter(kind=kind).exists(), kind


def choose(person: Visitor, name: str, words: str) -> None:
    """A row among many, found by what is typed."""
    person.page.locator(f"select[name='{name}'] + .select2 .select2-selection").click()
    person.page.locator(".select2-search__field").fill(words)
    person.page.locator(".select2-results__option", has_text=words).first.click()


def add_row(person: Visitor, group: str) -> None:
    person.page.locator(f"#{group}-group .add-row a").click()


# ── The call for nominations, and its list ───────────────────────────────────────────────────────────────────────────


def call_for(officer: Visitor) -> Call:
    """Nominations are taken from today."""
    officer.opens("/admin/council/call/add/")
    today = clock.today()
    officer.fills({"term": factories.term().pk, "opens_on": today, "closes_on": today + timedelta(days=10)})
    officer.saves("_continue")
    officer.takes("open_call")
    officer.sees("接受提名")
    return Call.objects.get(state="open")


def draw_up(officer: Visitor, call: Call) -> None:
    """The last day passes; the list is drawn up, and published."""
    Call.objects.filter(pk=call.pk).update(opens_on=F("opens_on") - LONG, closes_on=F("closes_on") - LONG)
    take(officer, call, "draw_up")
    take(officer, call, "publish_list", {"working_days": 5})


def settle(officer: Visitor, call: Call) -> None:
    """The days of publicity pass; whoever is on the list stands."""
    Call.objects.filter(pk=call.pk).update(published_on=F("published_on") - LONG, published_until=F("published_until") - LONG)
    take(officer, call, "settle_list")


# ── The meeting ──────────────────────────────────────────────────────────────────────────────────────────────────────


def plan(officer: Visitor, assembly: str, *agenda: str) -> Meeting:
    """A meeting of this moment, with its agenda, and why it is urgent."""
    officer.opens("/admin/members/meeting/add/")
    said = {"place": "广州市演示路1号", "urgency": "演练", "presides": "王例三", "minutes_by": "张示一"}
    officer.fills({"assembly": assembly, "term": factories.term().pk, "ordinal": 1} | said)
    officer.page.get_by_role("link", name="今天").click()
    officer.page.get_by_role("link", name="现在").click()
    for n, title in enumerate(agenda):
        add_row(officer, "agenda")
        officer.fills({f"agenda-{n}-position": n + 1, f"agenda-{n}-title": title})
    officer.saves("_continue")
    return Meeting.objects.get(assembly=assembly)


def sign_in(officer: Visitor, meeting: Meeting, *, shot: str = "") -> None:
    """At the door: two characters of the name, and one tap, for everybody on the roll."""
    for _line in range(meeting.eligible):
        officer.opens(f"/meetings/{meeting.uuid}/door/?q=演示")
        officer.goes(officer.page.locator(".gb-door form button").first)
    if shot:
        officer.stops_at(shot)
    assert meeting.present == meeting.eligible


# ── The contest ──────────────────────────────────────────────────────────────────────────────────────────────────────


def contest(officer: Visitor, meeting: Meeting, post: dict[str, object], *candidates: tuple[str, object]) -> Contest:
    """A contest for the seats of a post; each candidate is a nomination, a unit, an expert or a person by name."""
    officer.opens("/admin/council/contest/add/")
    officer.fills({"meeting": meeting.pk, "term": meeting.term_id, **post})
    for n, (field, value) in enumerate(candidates):
        add_row(officer, "candidates")
        if field in ("unit", "expert"):
            choose(officer, f"candidates-{n}-{field}", str(value))
        else:
            officer.fills({f"candidates-{n}-{field}": value})
    officer.saves("_continue")
    return Contest.objects.latest("pk")


def print_ballot(officer: Visitor, thing: Contest) -> None:
    """As a file to print."""
    stay_or_open(officer, thing)
    with officer.page.expect_download() as begun:
        officer.page.get_by_role("link", name="打印选票").click()
    assert begun.value.path().read_bytes().startswith(b"%PDF")


def tally(thing: Contest, *in_favour: int) -> dict[str, object]:
    """What the tellers counted, in the order of the ballot; whoever was not for was against."""
    thing.refresh_from_db()
    present = thing.snapshot["present"]
    typed: dict[str, object] = {"issued": present, "returned": present, "invalid": 0}
    for key, votes in zip(thing.candidates.order_by("place").values_list("pk", flat=True), in_favour, strict=True):
        typed |= {f"in_favour_{key}": votes, f"against_{key}": present - votes, f"abstaining_{key}": 0}
    return typed


def vote(office: Office, thing: Contest, *in_favour: int) -> None:
    """Voted on; counted, and entered by clerk and officer apart, alike."""
    take(office.officer, thing, "start_voting")
    take(office.clerk, thing, "count", tally(thing, *in_favour))
    take(office.officer, thing, "count_again", tally(thing, *in_favour))


def certify(office: Office, thing: Contest) -> None:
    """Read out in the hall, and answered for by two."""
    thing.refresh_from_db()
    stay_or_open(office.officer, thing)
    if thing.state == "counted":
        office.officer.takes("announce")
    office.officer.takes("sign")
    take(office.secretary, thing, "certify")
    office.secretary.sees("结果已确认")
