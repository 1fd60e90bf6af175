"""The yearly confirmation: opened with a row for every unit, answered by each, reminded of, closed."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from alliance import clock
from alliance.jobs.timetabled import each
from alliance.letters.write import bag
from alliance.workflow import TIMETABLE, Actor, Refused, Workflow
from members import rules
from members.choices import CampaignState, ConfirmationState, Way
from members.models import Campaign, ChangeRequest, Confirmation, MemberUnit
from members.models.campaign import digest_of
from members.notices import confirming as notices

if TYPE_CHECKING:
    from collections.abc import Iterable

campaigns = Workflow(CampaignState)
confirmations = Workflow(ConfirmationState)
AT_ONCE = 1000


@campaigns.step(
    _("Open the confirmation"),
    CampaignState.PLANNED,
    to=CampaignState.OPEN,
    allow=rules.opens_campaigns,
    tone="go",
    clash=_("Another yearly confirmation is running: close it first."),
)
def open_campaign(campaign: Campaign, *, by: Actor) -> None:
    """Every unit that belongs today is asked, each by a row of its own and a letter; the next year's is planned, if it comes every year."""
    if campaign.due_on <= clock.today():
        raise Refused(_("The day by which it is due is past: change the day first."))
    campaign.opened_at = clock.now()
    units = MemberUnit.objects.running().order_by("pk")
    Confirmation.objects.bulk_create((Confirmation(campaign=campaign, unit=unit) for unit in units.only("pk")), batch_size=AT_ONCE)
    with bag():
        for unit in asked(campaign):
            notices.asked(campaign, unit)
    if campaign.is_yearly:
        plan_next(campaign)


def asked(campaign: Campaign) -> Iterable[MemberUnit]:
    """The units on its rows, with what their letters need."""
    return MemberUnit.objects.filter(confirmations__campaign=campaign).with_readers().order_by("pk").iterator(chunk_size=AT_ONCE)


def plan_next(campaign: Campaign) -> None:
    """The same days a year later, unless somebody has planned that year already."""
    days = {"opens_on": a_year_after(campaign.opens_on), "due_on": a_year_after(campaign.due_on)}
    Campaign.objects.get_or_create(year=campaign.year + 1, defaults=days)


def a_year_after(day: date) -> date:
    """The same day of the next year; after a 29 February the 28th."""
    is_leap = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year + 1, day=28 if is_leap else day.day)


@campaigns.step(_("Close the confirmation"), CampaignState.OPEN, to=CampaignState.CLOSED, allow=rules.is_officer, tone="stop")
def close_campaign(campaign: Campaign, *, by: Actor) -> None:
    """Nobody confirms any more; who has not stays on the list."""
    campaign.closed_at = clock.now()


def open_due() -> None:
    """Open what is planned for today or earlier; while one runs, the next one waits."""
    if not Campaign.objects.running().exists():
        each(Campaign.objects.to_open(clock.today())[:1], lambda campaign: open_campaign(campaign, by=TIMETABLE))


@confirmations.step(
    _("Confirm that all is right"), ConfirmationState.AWAITED, to=ConfirmationState.CONFIRMED, allow=rules.confirms_for_unit, tone="go"
)
def confirm(confirmation: Confirmation, *, by: Actor, seen: str) -> None:
    """What the register holds is right, as it was when the unit looked (`seen`)."""
    if seen != digest_of(confirmation.unit):
        raise Refused(_("The register has changed since you opened this page. Please look at it again."))
    enter(confirmation, by, Way.PORTAL)


@confirmations.step(
    _("Confirm with changes"), ConfirmationState.AWAITED, to=ConfirmationState.CHANGED, allow=rules.confirms_for_unit, tone="go"
)
def confirm_with_changes(confirmation: Confirmation, *, by: Actor, request: ChangeRequest) -> None:
    """All is right but what the unit asks to have changed."""
    if request.unit_id != confirmation.unit_id:
        raise Refused(_("This change request is another unit's."))
    confirmation.request = request
    enter(confirmation, by, Way.PORTAL)


@confirmations.step(
    _("Record a confirmation on paper"), ConfirmationState.AWAITED, to=ConfirmationState.CONFIRMED, allow=rules.records_confirmations
)
def record_confirmation(confirmation: Confirmation, *, by: Actor, received_on: date, note: str) -> None:
    """The unit has confirmed by letter or fax; the office enters when it came, and where it is filed."""
    if received_on > clock.today():
        raise Refused(_("That day is still to come."))
    confirmation.received_on, confirmation.note = received_on, note
    enter(confirmation, by, Way.PAPER)


def enter(confirmation: Confirmation, by: Actor, way: Way) -> None:
    confirmation.way, confirmation.confirmed_by, confirmation.confirmed_at = way, by, clock.now()
    confirmation.digest = digest_of(confirmation.unit)
