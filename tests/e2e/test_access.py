"""Pages that everybody can use: axe-core finds nothing on them, at a desk and on a phone, by day and by night."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from alliance.accounts.models import User
from alliance.announcements.models import Announcement
from alliance.demo import story
from applications.choices import State
from applications.models import Application, Assignment, Batch
from members.models import MemberUnit, Term
from tests import factories
from tests.e2e.conftest import NARROW, SIDEWAYS, WIDE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.e2e.conftest import Visitor

pytestmark = pytest.mark.browser
AXE = (Path(__file__).parent / "vendor/axe.min.js").read_text()
FOUND = """async () => (await axe.run(document, {preload: false, resultTypes: ["violations"]})).violations.flatMap(
    one => one.nodes.map(node => `${one.id}: ${node.target} ${node.any.map(reason => reason.message)}`))"""


@pytest.fixture
def people(portal, settings) -> dict[str, User]:
    """The people of a small province."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    return {key: User.objects.get(email=account["email"]) for key, account in story.tell(units=42).items()}


PUBLIC = [
    "/",
    "/notice/",
    "/announcements/",
    "/batches/",
    "/council/roster/",
    "/verify/",
    "/verify/NONE/",
    "/bodies/",
    "/enquiries/",
    "/accounts/login/",
    "/accounts/signup/",
    "/members/",
    "/members/?type=enterprise&region=440000&view=table",
    "/members/figures/",
]


@pytest.fixture
def pages(people) -> dict[str, list[str]]:
    """The main pages, by who opens them."""
    draft = Application.objects.get(applicant=people["applicant"]).get_absolute_url()
    rival = Application.objects.get(applicant=people["applicant2"])
    nominate = f"/council/nominate/{MemberUnit.objects.of(people['member']).get().number}/"
    office, batch = "/admin/applications/application/", Batch.objects.get(number=3).pk
    dossier = Assignment.objects.filter(expert__user=people["expert"], state="assigned").first()
    announced = Announcement.objects.filter(state="published", valid_until=None, corrections__isnull=False).get().get_absolute_url()
    return {
        "": [*PUBLIC, announced, f"{announced}print/", f"/members/{MemberUnit.objects.of(people['council']).get().number}/"],
        "applicant": [
            "/applications/new/",
            "/applications/filled/",
            "/applications/claim/",
            "/accounts/me/data/",
            f"{draft}unit/",
            f"{draft}submit/",
            draft,
        ],
        "applicant2": [rival.get_absolute_url()],
        "member": ["/unit/", nominate],
        "council": [
            "/council/",
            "/council/?on=2021-01-01",
            "/council/hall/",
            "/council/what-if/",
            "/council/what-if/?method=hare&tier=3&base=typed&count_electric=3&count_hydrogen=3&count_icv=3&count_infrastructure=2",
            "/council/what-if/?method=hare&tier=3&base=typed&most_icv=1&least_icv=2",
        ],
        "expert": ["/reviews/", dossier.get_absolute_url()],
        "officer": [
            "/admin/",
            "/admin/figures/",
            "/admin/stages/plan/",
            "/admin/announcements/announcement/add/",
            "/admin/applications/batch/2/board/",
            "/admin/applications/batch/2/statistics/",
            "/admin/members/organisation/import/",
            "/admin/applications/application/export/",
            office,
            f"{office}{rival.pk}/change/",
            f"{office}steps/screen/?ids={rival.pk}",
            "/admin/applications/onbehalf/add/",
            "/admin/applications/enquiry/add/",
            f"/admin/members/term/{Term.objects.get(number=1).pk}/change/",
            f"/admin/applications/batch/{batch}/reviews/?seed=1",
            f"/admin/applications/assignment/steps/enter_sheet/?ids={dossier.pk}",
        ],
    }


def violations(one: Visitor, *sizes: dict[str, int]) -> Iterator[str]:
    """What axe finds on the page, at each size."""
    one.page.evaluate(AXE)
    for size in sizes:
        one.page.set_viewport_size(size)
        for found in one.page.evaluate(FOUND):
            yield f"{one.page.url} at {size['width']}: {found}"


@pytest.mark.long
def test_axe_finds_nothing_on_the_main_pages_nor_by_night_nor_in_english(pages, people, visitor):
    one, found = visitor(), []
    for key, paths in pages.items():
        if key:
            one.becomes(people[key])
        for path in paths:
            one.opens(path)
            found += violations(one, WIDE, NARROW)
    some = {"applicant": pages["applicant"][4], "member": "/members/", "council": "/council/", "officer": "/admin/"}
    for language, theme in (("zh-hans", "dark"), ("en", "light")):
        one = visitor(language, color_scheme=theme)
        for key, path in some.items():
            one.becomes(people[key])
            one.opens(path)
            found += violations(one, WIDE)
    assert found == []


LARGE = "const large = new CSSStyleSheet(); large.replaceSync('html { font-size: 200% }'); document.adoptedStyleSheets = [large];"


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_with_letters_of_twice_their_size_no_page_of_a_phone_scrolls_sideways(language, people, pages, visitor):
    one, wide = visitor(language, viewport=NARROW), []
    unit = f"/unit/{MemberUnit.objects.of(people['council']).get().number}/"
    tabs = [f"{unit}{tab}" for tab in ("", "data/", "people/", "groups/", "meetings/", "letters/", "confirmation/")]
    for key, paths in {"": pages[""], "council": ["/council/", "/council/what-if/", *tabs], "expert": pages["expert"]}.items():
        if key:
            one.becomes(people[key])
        for path in paths:
            one.opens(path)
            one.page.evaluate(LARGE)
            wide += [(path, one.page.evaluate(SIDEWAYS))] if one.page.evaluate(SIDEWAYS) > 0 else []
    assert wide == []


def test_axe_finds_nothing_on_the_page_of_a_refused_step(portal, visitor):
    one = visitor()
    one.becomes(factories.user("李范二", "officer"))
    one.opens(f"/admin/applications/application/steps/screen/?ids={factories.application(State.ACCEPTED).pk}")
    Application.objects.filter(state=State.ACCEPTED).update(state=State.SCREENED)
    one.fills({"opinion": "符合征集条件"})
    one.confirms()
    one.sees("符合征集条件")
    assert list(violations(one, WIDE, NARROW)) == []


def test_all_25_seats_are_reached_by_keyboard_and_lead_to_their_row(people, visitor):
    one = visitor()
    one.becomes(people["council"])
    one.opens("/council/")
    one.page.locator(".gb-chamber a").first.focus()
    reached = []
    for _seat in range(25):
        reached.append(one.page.evaluate("document.activeElement.getAttribute('href')"))
        one.page.keyboard.press("Tab")
    assert len(set(reached)) == 25
    assert one.page.evaluate("(ways) => ways.every(way => document.querySelector(way))", reached)
    one.page.locator(".gb-chamber a").nth(24).press("Enter")
    assert one.page.evaluate("document.querySelector('.gb-seats tr:target').id") == reached[24][1:]


def test_sliding_writes_the_day_that_is_shown(people, visitor):
    one = visitor()
    one.becomes(people["council"])
    one.opens("/council/")
    slide = one.page.locator("[data-slides] input")
    slide.focus()
    one.page.keyboard.press("Home")
    first = one.page.locator("[data-slides]").get_attribute("data-from")
    assert one.page.locator("#on").input_value() == first
    one.page.locator(".gb-dateline button").click()
    assert one.page.url.endswith(f"?on={first}")
