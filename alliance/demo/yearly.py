"""What members do on their own pages: this year's confirmation, which runs, changes they ask for; and the source pool, which is being invited."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from alliance import clock
from alliance.demo import cast, names
from alliance.demo.days import at, hour
from alliance.demo.journeys import FIRST
from applications import prospecting
from applications.choices import State
from applications.models import Prospect
from members import workflow as members
from members.choices import Direction, UnitType
from members.models import Campaign, ChangeRequest, Confirmation, MemberUnit, Organisation
from members.models.campaign import digest_of

if TYPE_CHECKING:
    from alliance.demo.journeys import Journey
    from alliance.demo.story import Story

RIGHT, CHANGED, PAPER = 0.5, 0.62, 0.65  # up to here: as it stands, with changes, on paper; the others have not confirmed
DUE = 21  # days ahead
POOL, KNOWN = 48, 6  # units of the source pool that have not applied; and that have, or belong
CITIES = {"广州": "440100", "深圳": "440300", "佛山": "440600", "东莞": "441900", "珠海": "440400", "惠州": "441300"}
SOURCE = "筹建方案所列院校机构"


def plan(story: Story) -> None:
    """While the second batch is reviewed."""
    days, diary, rng = story.days, story.diary, story.rng
    diary.note(at(days.after(days.closed, 2), 9), open_campaign, story)
    diary.note(at(days.after(days.closed, 2), 10), fill_pool, story)
    diary.note(at(days.after(days.closed, 3), 10), invite, story)
    for journey in story.ending(FIRST, State.ADMITTED):
        draw = rng.random()
        day = days.after(days.closed, rng.randint(3, 12))
        if journey.part.role != cast.MEMBER and draw < PAPER:
            act = confirm if draw < RIGHT else ask if draw < CHANGED else on_paper
            diary.note(hour(day, rng), act, story, journey)
    diary.note(at(days.last, 11), answer, story)


def open_campaign(story: Story) -> None:
    made = Campaign.objects.create(year=story.today.year, opens_on=clock.today(), due_on=story.today + timedelta(days=DUE))
    members.open_campaign(made, by=story.people["officer"])


def awaited(journey: Journey) -> Confirmation | None:
    """This year's of a unit that still belongs."""
    rows = Confirmation.objects.awaited().select_related("campaign", "unit__organisation")
    return rows.filter(unit__in=MemberUnit.objects.filter(application=journey.application)).first()


def confirm(story: Story, journey: Journey) -> None:
    if found := awaited(journey):
        members.confirm(found, by=story.acting(journey), seen=digest_of(found.unit))


def ask(story: Story, journey: Journey) -> None:
    """Confirmed, but for what has changed: an address that a paper proves, or the staff, which changes at once."""
    found, by = awaited(journey), story.acting(journey)
    if found is None:
        return
    told = found.unit.organisation
    changed = {
        "registered_address": f"{told.get_region_display()}市演示路{story.rng.randint(2, 99)}号",
        "staff_total": str((told.staff_total or 60) + 5),
    }
    papers = [story.samples.one("登记证书")]
    _at_once, request = members.ask_for_changes(found.unit, changed, by=by, words="注册地址变更。（样例）", papers=papers)
    members.confirm_with_changes(found, by=by, request=request)


def on_paper(story: Story, journey: Journey) -> None:
    if found := awaited(journey):
        members.record_confirmation(found, by=story.people["clerk"], received_on=clock.today(), note="年度确认卷宗（样例）")


def answer(story: Story) -> None:
    """Every second request is answered: most accepted, one refused with words; the others wait at the desk."""
    for n, request in enumerate(ChangeRequest.objects.to_decide().with_all()[::2]):
        members.settle_request(
            request, by=story.people["officer"], decisions={change.field: said(change, accepted=n != 1) for change in request.changes.all()}
        )


def said(change: Any, *, accepted: bool) -> dict[str, Any]:
    return {"accepted": accepted, "words": "" if accepted else "请补充登记机关的变更核准通知书。（样例）", "seen": change.present}


def fill_pool(story: Story) -> None:
    """Institutions that nobody has heard of, and some that have applied or belong already."""
    rng, cities = story.rng, [*CITIES]
    suffixes = {UnitType.UNIVERSITY: names.SCHOOLS, UnitType.INSTITUTE: names.INSTITUTES}
    made: dict[str, Prospect] = {}
    taken = set(Organisation.objects.values_list("name", flat=True))
    while len(made) < POOL:
        kind, city, direction = rng.choice([*suffixes]), rng.choice(cities), rng.choice([*Direction])
        middle = "" if kind == UnitType.UNIVERSITY else rng.choice(names.FIELDS[direction])
        name = f"{city}{rng.choice([*names.SYLLABLES])}{names.MARK}{middle}{rng.choice(suffixes[kind])}"
        contact = {"contact_name": cast.person(rng), "contact_email": f"pool{len(made)}@example.org"} if rng.random() < 0.8 else {}
        if name not in taken:
            made[name] = Prospect(name=name, unit_type=kind, region=CITIES[city], main_direction=direction, source=SOURCE, **contact)
    for known in Organisation.objects.exclude(region="").order_by("pk")[:KNOWN]:
        fields = {name: getattr(known, name) for name in ("name", "jurisdiction", "reg_no", "unit_type", "region", "main_direction")}
        made[known.name] = Prospect(source=SOURCE, **fields)
    for prospect in made.values():
        prospect.save()


def invite(story: Story) -> None:
    """Half of those that can be reached; two say no."""
    reached = list(Prospect.objects.exclude(contact_email="").order_by("pk"))
    for prospect in reached[: len(reached) // 2]:
        prospecting.invite_prospect(prospect, by=story.people["officer"])
    for prospect in reached[:2]:
        prospecting.decline_prospect(prospect, by=story.people["officer"], words="暂不考虑。（样例）")
