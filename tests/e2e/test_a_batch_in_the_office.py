"""A batch from its closing to its members, in the browser, by three people who hold every office and cross over.

`PORTAL_BATCH` says how many applications, 6 unless said; `PORTAL_SHOTS` names a folder for a picture of each station.
"""

from __future__ import annotations

import os
from collections import Counter
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from alliance import clock
from alliance.accounts.choices import Office
from alliance.history.models import Event
from alliance.jobs import working
from alliance.jobs.models import Job
from alliance.letters.models import Letter
from applications.choices import State
from applications.models import Application, Batch, Decision
from tests import factories

if TYPE_CHECKING:
    from tests.e2e.conftest import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.long]
COUNT = int(os.environ.get("PORTAL_BATCH", "6"))
EVERY = (Office.CLERK, Office.OFFICER, Office.SECRETARY)
QUEUE = "/admin/applications/application/?queue="


@pytest.fixture
def three(account, visitor) -> list[Visitor]:
    """Three people, each with every office."""
    people = [visitor() for _ in range(3)]
    for person, name in zip(people, ("张示一", "李范二", "王例三"), strict=True):
        person.becomes(account(name, *EVERY))
    return people


def test_three_people_who_hold_every_office_take_a_batch_to_its_end(three):
    first, second, third = three
    batch = Batch.objects.get(number=1)
    applications = [factories.application(State.SUBMITTED, batch=batch, name=f"演示{n:02}号有限公司") for n in range(COUNT)]
    resolution = factories.resolution()
    half = COUNT // 2
    check(first, half)
    check(second, COUNT - half)
    for person in (first, second):  # who checked a file is not offered it for screening
        person.opens("/admin/")
    take(third, "screen", {"opinion": "符合征集条件"})
    decide(third, batch, refused=applications[0], resolution=resolution)
    take(third, "publicise", queue="publish")
    Application.objects.filter(state=State.PUBLICITY).update(
        publicity_from=clock.now() - timedelta(days=9), publicity_until=clock.now() - timedelta(seconds=1)
    )
    for person in (first, second):  # each approves what the other checked
        take(person, "approve")
    take(third, "admit")
    stands = Counter(Application.objects.filter(batch=batch).values_list("state", flat=True))
    assert stands == {State.ADMITTED: COUNT - 1, State.REJECTED: 1}
    nobody_took_two_offices_on_one_application(applications)
    assert Decision.objects.count() == COUNT
    told = Counter(Letter.objects.values_list("template", flat=True))
    assert (told["accepted"], told["rejected"], told["admitted"]) == (2 * COUNT, 2, 2 * (COUNT - 1))


def check(person: Visitor, count: int) -> None:
    """From the desk to the first file, and on to the next as each is accepted."""
    person.opens("/admin/")
    person.stops_at("office-1-desk")
    person.opens("/admin/applications/application/check/")
    person.stops_at("office-2-check")
    for _file in range(count):
        person.goes(person.page.locator("button[name=_step][value=accept]"))


def take(person: Visitor, step: str, typed: dict[str, str] | None = None, queue: str = "") -> None:
    """One step on everything in its queue, looked at first."""
    while True:
        person.opens(QUEUE + (queue or step))
        boxes = person.page.locator("#result_list input.action-select")
        if not boxes.count():
            return
        person.page.locator("#action-toggle").check()
        person.page.locator("select[name=action]").select_option(f"step_{step}")
        person.goes(person.page.locator("button[name=index]"))
        person.fills(typed or {})
        person.confirms()
        go_on(person, step)


def go_on(person: Visitor, step: str) -> None:
    """A few are shown on the page; many are long work, first looked at and then taken. One is moved at once."""
    if "/jobs/" in person.page.url:
        work()
        person.page.reload()
        person.stops_at(f"office-3-{step}-seen")
        person.goes(person.page.get_by_role("button", name="办理"))
        work()
    elif person.page.locator("input[name=_sure]").count():
        person.stops_at(f"office-3-{step}-seen")
        person.goes(person.page.locator(".gb-steps-row button[type=submit]"))


def work() -> None:
    """What the worker does; none runs beside these tests."""
    for job in Job.objects.unfinished():
        working.work_on(job.pk)


def decide(person: Visitor, batch: Batch, *, refused: Application, resolution: object) -> None:
    """One is not passed, all others are; the letters are read, and then everything is released."""
    address = f"/admin/applications/batch/{batch.pk}/deliberation/"
    person.opens(address)
    person.page.locator(f"input[name=ids][value='{refused.pk}']").check()
    person.fills({"outcome": "rejected", "ground": "J02", "reason": "主营业务与产业链无关"})
    person.goes(person.page.locator("button[name=_do][value=propose]"))
    person.goes(person.page.locator("button[name=_do][value=rest]"))
    work()
    person.opens(address)
    person.stops_at("office-4-pending")
    person.page.get_by_text("公布全部待公布的结果").click()
    person.fills({"resolution": resolution.pk})
    person.goes(person.page.locator("button[name=_do][value=letters]"))
    person.sees("主营业务与产业链无关")
    person.stops_at("office-5-letters")
    assert not Decision.objects.exists()
    person.fills({"resolution": resolution.pk})
    person.goes(person.page.locator("button[name=_do][value=release]"))
    work()
    person.page.reload()
    person.stops_at("office-6-released")


def nobody_took_two_offices_on_one_application(applications: list[Application]) -> None:
    """Who checked, who screened and who approved are three people, of each application."""
    for application in applications:
        steps = Event.objects.of(application).steps("accept", "screen", "approve")
        taken = [event.actor_id for event in steps]
        assert len(taken) == len(set(taken)), application
