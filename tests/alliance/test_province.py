"""The demo province: a small one, told once for everybody who looks at it."""

from __future__ import annotations

import json
import re
import stat
from collections import Counter
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from fractions import Fraction
from random import Random
from types import SimpleNamespace

import pytest
from django.core.management import call_command
from django.db import transaction
from django.db.models import Count, F
from django.test import Client, override_settings

from alliance import clock
from alliance.accounts.choices import Office
from alliance.accounts.models import User
from alliance.announcements.models import Announcement
from alliance.backup import rows
from alliance.calendar.days import due_after
from alliance.demo import codes, founding, gatherings, names, places, shares
from alliance.demo.cast import DIGITS, EXPERTS, HOSTED, LEADER, MARKS, OFFICE, PARTS, SURNAMES
from alliance.demo.days import Days
from alliance.demo.journeys import journeys
from alliance.demo.story import SEED, Story
from alliance.demo.units import LEAST, province
from alliance.documents.models import Paper
from alliance.facts.choices import DeskKind
from alliance.facts.models import ContactDesk, FoundingStage, facts
from alliance.files.models import StoredFile
from alliance.history.chain import verify
from alliance.history.models import Event
from alliance.letters.models import Letter
from alliance.letters.models import State as LetterState
from alliance.management.commands.demo import bear_again
from alliance.stages.models import StagePaper
from alliance.stages.papers import lines
from applications.choices import Declaration, Ground, SeatWanted, State
from applications.models import Application, Assignment, Attachment, Batch, Consent, Enquiry, Finding
from council.models import ActingChair, BallotSheet, Contest, HonoraryChair, Nomination, Seat, UnitTenure
from members.choices import Direction, Jurisdiction, MembershipState, Tier
from members.identifiers import check
from members.models import (
    BodyTenure,
    Change,
    ChangeRequest,
    Expert,
    Expulsion,
    FormerName,
    Listing,
    MemberUnit,
    NameConsent,
    Organisation,
    Representative,
    Succession,
)
from members.models.listing import list_again
from tests.crawl import everything_open, personal_words

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("province")]  # told once, in one process
KEYS = {
    "applicant", "applicant2", "member", "council", "expert", "expert2",
    "clerk", "officer", "secretary", "sysadmin", "security", "auditor",
}  # fmt: skip
MOMENT = datetime(2026, 5, 20, 3, tzinfo=clock.SHANGHAI)
QUICK = ["django.contrib.auth.hashers.MD5PasswordHasher"]
UUID = re.compile(
    r"[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}|(?<=invitation=)[\w-]+|(?<=prospect_invited:)\d+:\w+"
)  # and codes of invitations
SECRET = {
    "accounts.user": {"password"},
    "members.certificate": {"code"},
    "members.historicalcertificate": {"code"},
    "documents.paper: certificate": {"content", "sha256"},  # its code is drawn on it
    "applications.version": {"digest"},
}  # a version's digest covers the uuids of its files


@contextmanager
def home(folder):
    """An embedded portal's home."""
    with override_settings(EMBEDDED=True, PORTAL_HOME=folder, PASSWORD_HASHERS=QUICK), clock.at(MOMENT):
        yield


@pytest.fixture(scope="module")
def small(django_db_setup, django_db_blocker, tmp_path_factory):
    """The smallest province, in one transaction with every test that looks at it; its home, and what was said."""
    folder, said = tmp_path_factory.mktemp("home"), []
    with django_db_blocker.unblock(), transaction.atomic():
        with home(folder):
            bear_again()
            call_command("demo", "load", units=LEAST, stdout=SimpleNamespace(write=said.append, flush=lambda: None))
        yield SimpleNamespace(folder=folder, said="".join(said))
        transaction.set_rollback(True)


# ── What the province shows ──────────────────────────────────────────────────────────────────────────────────────────


def test_there_is_a_decided_batch_a_closed_one_under_review_and_an_open_one(small):
    batches = Batch.objects.filter(number__in=[2, 3, 4, 5]).order_by("number")
    assert [(batch.is_closed, batch.deciding_body) for batch in batches] == [
        (True, "preparatory"), (True, "council"), (False, "council"), (False, "council"),
    ]  # fmt: skip
    decided, closed, open_, coming = batches
    assert not decided.applications.under_way().exists()
    assert closed.applications.under_way().exists()
    assert open_.opens_at < MOMENT < open_.closes_at == coming.opens_at
    assert Application.objects.filter(state=State.DRAFT).exclude(batch=open_).count() == 0


def test_every_state_is_there_and_every_unit_has_applied(small):
    assert set(Application.objects.values_list("state", flat=True)) == set(State)
    assert Application.objects.values("jurisdiction", "reg_no").distinct().count() == LEAST
    assert Application.objects.count() == LEAST + 3  # three apply a second time


def test_the_closed_batch_is_reviewed_by_the_two_experts(small):
    batch = Batch.objects.get(number=3)
    states = Counter(batch.assignments.values_list("state", flat=True))
    assert batch.expert_review
    assert (states["assigned"] > 1, states["reviewed"] > 1) == (True, True)
    with clock.at(MOMENT):
        for name in ("周例七", "吴演八"):
            expert = Expert.objects.get(name=name)
            assert Assignment.objects.seen_by(expert).filter(state="assigned").exists()
    concluded = Application.objects.filter(state=State.EXPERT_REVIEWED)
    assert {each.application_id for each in batch.assignments.filter(state="reviewed")} >= {each.pk for each in concluded}
    assert not batch.assignments.filter(state="assigned", due_at__lte=MOMENT).exists()


def test_nothing_of_the_office_is_overdue(small):
    with clock.at(MOMENT):
        late = Application.objects.filter(due_at__lte=clock.now()).exclude(state=State.OBJECTION)
        assert list(late.values_list("number", "state")) == []


def test_applications_are_numbered_as_they_came(small):
    came = Application.objects.exclude(number=None).order_by("submitted_at").values_list("number", flat=True)
    assert list(came) == sorted(came)
    events = Event.objects.order_by("id").values_list("at", flat=True)
    assert list(events) == sorted(events)


def council_is_full():
    """1 / 8 / 16 were elected by contests, the committee and the secretary-general by three more."""
    elected = Counter(UnitTenure.objects.exclude(contest=None).values_list("seat__tier", flat=True))
    certified = Counter(Contest.objects.filter(state="certified", runoff_of=None).values_list("kind", flat=True))
    return elected == {Tier.CHAIR: 1, Tier.VICE_CHAIR: 8, Tier.DIRECTOR: 16} and certified == {"council": 9, "body": 3}


def the_last_seat_was_tied_for():
    """And won in a run-off."""
    (again,) = Contest.objects.exclude(runoff_of=None)
    tied, won = again.runoff_of.outcome_of(again.runoff_of.tally), again.outcome_of(again.tally)
    return len(tied.tied) == 2 and tied.unfilled == 1 and len(won.elected) == 1 and UnitTenure.objects.filter(contest=again).count() == 1


def one_acts_for_the_chair():
    """The chair's unit gave its seat up, and the vice-chair unit with an account acts."""
    (acting,) = ActingChair.objects.filter(ended_on=None)
    (chair,) = UnitTenure.objects.filter(seat__tier=Tier.CHAIR)
    return (chair.cause, acting.tenure.seat.tier, acting.tenure.unit.organisation.name) == (
        "gave_up",
        Tier.VICE_CHAIR,
        PARTS[LEADER]["name"],
    )


def a_seat_is_vacant():
    (seat,) = Seat.objects.vacant().filter(tier=Tier.DIRECTOR)
    (left,) = UnitTenure.objects.filter(seat=seat)
    waiting = Nomination.objects.filter(state="nominated", tier=seat.tier, direction=seat.direction)
    where = (seat.tier, seat.direction, left.unit.state) == (Tier.DIRECTOR, Direction.HYDROGEN, MembershipState.RESIGNED)
    return where and left.ended_on == left.unit.ended_on and waiting.count() == 1


def a_partnership_is_refused():
    return Finding.objects.filter(ground=Ground.J01, application__name__contains="普通合伙", application__state=State.NOT_ACCEPTED).exists()


def an_alliance_names_its_host():
    hosted = Organisation.objects.exclude(host=None).get()
    return (hosted.name, hosted.host.name) == (PARTS[HOSTED]["name"], PARTS[LEADER]["name"]) and hosted.memberships.running().exists()


def one_came_late():
    closed, open_ = Batch.objects.get(number=3), Batch.objects.get(number=4)
    minutes = (closed.closes_at, closed.closes_at + timedelta(minutes=5))
    return open_.applications.filter(submitted_at__range=minutes).count() == 1


def a_correction_lapsed():
    lapsed = Application.objects.filter(state=State.LAPSED).values("pk")
    return Event.objects.filter(step="lapse", acting_as="timetable", thing_id__in=lapsed).count() == len(lapsed) > 0


def an_objection_is_examined():
    steps = Event.objects.filter(step__in=["object_to", "resolve_objection"])
    return Application.objects.filter(state=State.OBJECTION).exists() and set(steps.values_list("step", flat=True)) == {
        "object_to",
        "resolve_objection",
    }


def one_is_expelled_with_its_defence():
    expulsion = Expulsion.objects.get(unit__state=MembershipState.EXPELLED)
    papers = Paper.objects.about(expulsion).values_list("kind", flat=True)
    heard = (expulsion.defence_way, expulsion.resolution.passed, StoredFile.objects.about(Expulsion.objects.all()).count())
    return heard == ("written", True, 1) and {*papers} == {"expulsion_notice", "expulsion_decision"}


def one_is_renamed():
    former = FormerName.objects.get()
    certificates = MemberUnit.objects.get(organisation=former.organisation).certificates
    return certificates.get(ended_on=None).name == former.organisation.name != former.name == certificates.get(end="replaced").name


def one_has_another_representative_on_its_seat():
    change = Change.objects.get(kind="representative")
    seat = UnitTenure.objects.running().get(unit=change.unit)
    sat = [person.representative for person in seat.persons.order_by("pk")]
    return len(sat) == 2 and sat[1] == change.representative


def one_went_into_another():
    succession = Succession.objects.get()
    found = Application.objects.filter(unit__in=MemberUnit.objects.lineage([succession.successor]).values("pk"))
    return succession.predecessor.state == MembershipState.MERGED and found.count() == 2


def somebody_applied_again():
    numbers = Counter(Application.objects.values_list("reg_no", flat=True))
    again = {number for number, count in numbers.items() if count > 1}
    ended = Application.objects.filter(reg_no__in=again, batch__number=2).values_list("state", flat=True)
    return set(ended) == {State.LAPSED, State.REJECTED, State.WITHDRAWN}


def corrected_twice_and_then_lapsed():
    lapsed = Application.objects.filter(state=State.LAPSED, corrections=2)
    return lapsed.exists() and all(each.versions.count() == 2 for each in lapsed)


def announcements_of_every_state():
    found = Announcement.objects.all()
    put_right = found.filter(corrections__isnull=False).exists()
    marked = all("演示" in each.title for each in found)
    states = set(found.values_list("state", flat=True)) == {"draft", "published", "withdrawn"}
    return states and put_right and marked and found.for_members().in_force(MOMENT).exists() and found.public().in_force(MOMENT).exists()


def stages_with_papers_made_and_missing():
    made = {each.name for found in lines().values() for each in found if each.is_made}
    return {"agenda", "script", "election_method", "work_plan"} <= made and "handbook" not in made


def experts_have_scored():
    reviews = Assignment.objects.filter(state="reviewed", review__scores__isnull=False).distinct()
    return reviews.exists() and not reviews.filter(expert__organisation=None).exists()


def declarations_are_agreed_to():
    ready = Application.objects.filter(declares_true=True)
    agreed = ready.annotate(agreed=Count("consents")).values_list("agreed", flat=True)
    return set(agreed) == {len(Declaration)} and not Consent.objects.filter(at__lt=F("text__since")).exists()


def every_ballot_is_accounted_for():
    return set(BallotSheet.objects.values_list("state", flat=True)) == {"accounted"}


def the_stages_have_their_days():
    stages = list(FoundingStage.objects.values_list("begins_on", "ends_on", "is_done"))
    return all(begins and (ends or not is_done) for begins, ends, is_done in stages)


def enquiries_of_either_state():
    return sorted(Enquiry.objects.values_list("state", flat=True)) == ["answered", "asked"]


def somebody_is_honoured():
    return HonoraryChair.objects.exclude(consented_on=None).exists()


def both_desks_are_open():
    return ContactDesk.objects.open().count() == len(DeskKind) and "演示路" in facts().courier_address


# Every scenario of the demo, by what shows it.
SCENARIOS = {
    "a full council 1/8/16": council_is_full,
    "one vacant director seat in hydrogen": a_seat_is_vacant,
    "one acting chair": one_acts_for_the_chair,
    "one partnership refused (J01)": a_partnership_is_refused,
    "one alliance with a host": an_alliance_names_its_host,
    "a late application in the next batch": one_came_late,
    "correction and lapsed": a_correction_lapsed,
    "correction twice, then lapsed": corrected_twice_and_then_lapsed,
    "an expert review with scores": experts_have_scored,
    "consents": declarations_are_agreed_to,
    "ballots accounted for": every_ballot_is_accounted_for,
    "days of the stages": the_stages_have_their_days,
    "an enquiry answered and one that waits": enquiries_of_either_state,
    "an honorary chair": somebody_is_honoured,
    "an objection in publicity": an_objection_is_examined,
    "an expelled unit with defence record": one_is_expelled_with_its_defence,
    "a renamed unit": one_is_renamed,
    "a representative change": one_has_another_representative_on_its_seat,
    "a merger": one_went_into_another,
    "somebody applies again": somebody_applied_again,
    "announcements of every state": announcements_of_every_state,
    "papers of the stages": stages_with_papers_made_and_missing,
    "a tie at the last seat with re-vote": the_last_seat_was_tied_for,
    "an office that can be reached": both_desks_are_open,
}


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_the_province_shows(scenario, small):
    assert SCENARIOS[scenario]()


def test_duties_are_separated(small):
    by_step = {step: set(Event.objects.filter(step=step).values_list("actor__name", flat=True)) for step in ("accept", "screen", "approve")}
    assert by_step == {"accept": {OFFICE["clerk"][0]}, "screen": {OFFICE["officer"][0]}, "approve": {OFFICE["secretary"][0]}}


def test_the_chain_holds_and_no_letter_of_the_past_waits(small):
    assert (verify().broken_at, verify().unsealed, verify().sound) == (None, 0, Event.objects.count())
    assert set(Letter.objects.values_list("state", flat=True)) == {LetterState.SENT}
    assert not Letter.objects.filter(sent_at__gt=MOMENT).exists()
    assert facts().is_demo


def test_samples_lie_once_on_the_disk(small):
    others = (Change, ChangeRequest, Expulsion, Announcement, StagePaper)
    of_others = StoredFile.objects.about(*(model.objects.all() for model in others)).count()
    assert Attachment.objects.count() == StoredFile.objects.count() - of_others > LEAST
    with home(small.folder):
        lying = [file.path.stat() for file in StoredFile.objects.all()]
    kinds = StoredFile.objects.values("sha256").distinct().count()
    assert len({each.st_ino for each in lying}) == kinds
    assert sum(each.st_nlink for each in {each.st_ino: each for each in lying}.values()) == len(lying)


def test_each_chapter_is_announced_in_both_languages(small):
    lines = small.said.splitlines()
    assert [line.split()[0] for line in lines[:-1]] == [f"{n}/8" for n in range(1, 9)]
    assert all(" · " in line for line in lines[:-1])
    assert f"全省 {LEAST} 个单位" in lines[0]


# ── Accounts ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_only_the_people_of_accounts_json_have_passwords_and_only_their_owner_reads_them(small):
    file = small.folder / "accounts.json"
    accounts = json.loads(file.read_text())
    assert set(accounts) == KEYS
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    usable = {user.email for user in User.objects.all() if user.has_usable_password()}
    assert usable == {account["email"] for account in accounts.values()}
    with override_settings(PASSWORD_HASHERS=QUICK):
        assert all(User.objects.get(email=each["email"]).check_password(each["password"]) for each in accounts.values())
    assert {office: User.objects.filter(groups__name=office).count() for office in Office} == dict.fromkeys(Office, 1)


def test_the_accounts_are_who_they_are_said_to_be(small):
    people = {key: User.objects.get(email=each["email"]) for key, each in json.loads((small.folder / "accounts.json").read_text()).items()}
    draft, rival = (Application.objects.get(applicant=people[key]) for key in ("applicant", "applicant2"))
    assert (draft.state, bool(draft.gaps), rival.state) == (State.DRAFT, True, State.ACCEPTED)
    assert set(rival.attachments.values_list("kind", flat=True)) == {"certificate", "sealed_form", "recommendation"}
    member, leader = (MemberUnit.objects.of(people[key]).get() for key in ("member", "council"))
    assert (member.representative.user, member.tenures.count()) == (people["member"], 0)
    assert (leader.representative.user, leader.tenures.get().seat.tier) == (people["council"], Tier.VICE_CHAIR)
    committee = BodyTenure.objects.running().filter(body__kind="experts")
    assert {each.expert.user for each in committee} == {None, *(people[key] for key in EXPERTS)}


# ── Nobody real ──────────────────────────────────────────────────────────────────────────────────────────────────────

NUMBERS = {
    Jurisdiction.MAINLAND: r"[0-9]{8}XX[0-9]{6}[0-9X][0-9A-Z]|LM-2020[0-9]{3}",
    Jurisdiction.HONG_KONG: r"99[0-9]{6}",
    Jurisdiction.MACAO: r"9[0-9]{4}\(SO\)",
    Jurisdiction.TAIWAN: r"0000[0-9]{4}",
}
TELEPHONE = re.compile(r"(0[0-9]{2,3}|\+852|\+853|\+886-2)-0[0-9]{3} [0-9]{4}")
MAIL = re.compile(r".+@example\.(com|org|net)")


def people(*fields):
    return {value for name in fields for value in Application.objects.values_list(name, flat=True)}


def test_nobody_and_nothing_in_it_is_real(small):
    for organisation in Application.objects.all():
        assert names.MARK in organisation.name
        assert re.fullmatch(NUMBERS[organisation.jurisdiction], organisation.reg_no)
        check(organisation.jurisdiction, organisation.reg_no)
    persons = people("representative_name", "contact_name", "legal_representative") | set(User.objects.values_list("name", flat=True))
    assert [name for name in persons if (name[0] in SURNAMES, name[1] in MARKS, name[2:] in DIGITS) != (True, True, True)] == []
    assert [each for each in people("representative_phone", "contact_phone") if not TELEPHONE.fullmatch(each)] == []
    mail = people("representative_email", "contact_email") | set(User.objects.values_list("email", flat=True))
    assert [each for each in mail | set(Letter.objects.values_list("to", flat=True)) if not MAIL.fullmatch(each)] == []
    assert all("演示路" in address for address in people("registered_address", "postal_address"))


def test_no_unit_names_a_namesake_of_the_office_or_of_an_expert_who_could_not_review_it():
    drawn = {name for seed in range(4) for part in province(1000, Random(seed)) for name in part.people}
    assert len(drawn) > 5000
    assert drawn.isdisjoint({*EXPERTS.values(), *(name for name, _office in OFFICE.values())})


def test_no_known_brand_is_a_word_of_a_name_and_each_has_its_spelling():
    words = {names.brand(Random(n)) for n in range(3000)}
    assert words.isdisjoint(names.KNOWN)
    assert all(set(pair) <= set(names.SYLLABLES) for pair in names.KNOWN)
    assert len(words) > 500


def test_odd_names_are_there():
    drawn = [part.name for part in province(LEAST, Random(1))]
    assert max(map(len, drawn)) > 60
    assert [name for name, count in Counter(drawn).items() if count > 1] == ["筠澄演示能源服务有限公司"]
    for mark in ("（", "喆", "堃", "钘", "𬬭", " Demo eXample ", "廣州"):
        assert any(mark in name for name in drawn), mark


def test_a_taiwanese_number_holds_by_the_rule_of_2023_and_some_only_by_it():
    for serial in range(1, 2000):
        for new_rule in (False, True):
            digits = zip(codes.taiwan(serial, new_rule=new_rule), codes.WEIGHTS, strict=True)
            total = sum(sum(divmod(int(digit) * weight, 10)) for digit, weight in digits)
            assert total % 10 == (5 if new_rule else 0)
    assert len({codes.taiwan(serial, new_rule=False)[:7] for serial in range(1, 2000)}) == 1999


# ── Shares ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("units", [LEAST, 43, 57, 100, 240, 1000])
def test_a_province_of_any_size_has_its_scenarios_and_a_council(units):
    rng = Random(units)
    parts = province(units, rng)
    told = journeys(parts, rng)
    assert (len(parts), len(told)) == (units, units + 3)
    assert {journey.end for journey in told} == set(State)
    assert len({(part.jurisdiction, part.reg_no) for part in parts}) == units
    wishes = Counter((part.seat_wanted, part.direction) for part in parts if part.role in ("pillar", "leader"))
    assert wishes == {(SeatWanted.CHAIR, Direction.ELECTRIC): 1} | {
        (tier, direction): n for tier, n in ((SeatWanted.VICE_CHAIR, 2), (SeatWanted.DIRECTOR, 4)) for direction in Direction
    }
    assert any(journey.late and journey.batch == 4 for journey in told)


def test_the_shares_are_those_decided():
    parts = province(1000, Random(1))
    assert Counter(part.unit_type for part in parts) == {key: 10 * share for key, share in shares.TYPES.items()}
    assert Counter(part.direction for part in parts) == {key: 10 * share for key, share in shares.DIRECTIONS.items()}
    assert Counter(part.seat_wanted for part in parts) == {key: 10 * share for key, share in shares.SEATS.items()}
    assert Counter(part.region for part in parts) == shares.apportion(places.SHARES, 1000)
    seekers = [part for part in parts if part.seat_wanted != SeatWanted.MEMBER]
    assert abs(sum(part.recommended for part in seekers) / len(seekers) - shares.RECOMMENDED) < 0.01
    in_foshan = Counter(part.direction for part in parts if part.region == "440600")
    assert Fraction(in_foshan[Direction.HYDROGEN], in_foshan.total()) > Fraction(shares.DIRECTIONS[Direction.HYDROGEN], 100)
    staff = sorted(part.staff for part in parts if part.capital)
    assert 140 < staff[len(staff) // 2] < 230
    assert all(part.staff_rd <= part.staff / 2 for part in parts)


def test_the_days_of_the_story_leave_every_limit_its_working_days():
    day = date(2023, 1, 1)
    while day < date(2026, 12, 31):
        days = Days(day)
        order = [days.call, days.deadline, days.deliberation, days.admission, days.nominations, days.founding, days.resigned, days.closed]
        order += [days.first_meeting, days.admitted_lately, days.last, day, days.ahead]
        assert order == sorted(set(order)), day
        called = {founding.CALLED: (days.founding, 10), gatherings.CALLED: (days.second_meeting, 3)}
        for ahead, (held, notice) in called.items():
            assert held - days.before(held, ahead) >= timedelta(days=notice), day
        for meeting, admitted in ((days.deliberation, days.admission), (days.first_meeting, days.admitted_lately)):
            assert due_after(clock.midnight(days.after(meeting, 1)), 5) <= clock.midnight(days.before(admitted, 1)), day
        day += timedelta(days=1)


# ── The same again, and away with it ─────────────────────────────────────────────────────────────────────────────────


def scrubbed():
    """Every row of every model, but for uuids and secrets."""
    found = {}
    for model in rows.models():
        label = model._meta.label_lower
        lines = [json.loads(line) for line in rows.lines(model)]
        left_out = [SECRET.get(f"{label}: {line.get('kind')}", SECRET.get(label, ())) for line in lines]
        found[label] = [
            UUID.sub("…", json.dumps({name: value for name, value in line.items() if name not in out}))
            for line, out in zip(lines, left_out, strict=True)
        ]
    return found


def test_the_same_seed_on_the_same_day_is_the_same_province_and_purging_leaves_an_empty_portal(small, tmp_path, capsys):
    told = scrubbed()
    with home(tmp_path):
        bear_again()
        born = scrubbed()
        call_command("demo", "load", units=LEAST)
        again = scrubbed()
        assert any((tmp_path / "files").iterdir())
        call_command("demo", "purge")
    assert {name: lines for name, lines in told.items() if lines != again[name]} == {}
    assert scrubbed() == born
    assert list((tmp_path / "files").iterdir()) == []
    assert not (tmp_path / "accounts.json").exists()
    assert "as empty as on its first day" in capsys.readouterr().out


def test_another_seed_or_another_day_is_another_province(small):
    with clock.at(MOMENT):
        today = Story(LEAST, SEED).journeys
        assert Story(LEAST, SEED).journeys == today
        assert Story(LEAST, SEED + 1).journeys != today
    with clock.at(MOMENT + timedelta(days=1)):
        assert Story(LEAST, SEED).journeys != today


def test_loading_twice_changes_nothing(small, capsys):
    with home(small.folder):
        call_command("demo", "load")
    assert "loaded already" in capsys.readouterr().out
    assert Application.objects.count() == LEAST + 3


# ── What anybody may open ────────────────────────────────────────────────────────────────────────────────────────────


def test_nothing_that_is_open_to_everybody_names_a_person_or_tells_an_address_or_a_number(small):
    """Every page and every file that the anonymous get, against every personal word of the database."""
    with home(small.folder):
        opened, words = everything_open(Client()), personal_words()
        units = MemberUnit.objects.running().count()
    told = [(address, word) for address, text in opened.items() for word in words if word in text]
    assert told == []
    assert sum(address.startswith("/members/GBANEV-") for address in opened) == units
    assert {"/members/units.csv", "/members/units.json", "/members/figures/table.xlsx", "/members/?page=2"} <= opened.keys()
    assert all(
        unit.organisation.name in opened["/members/units.csv"] for unit in MemberUnit.objects.running().select_related("organisation")
    )
    assert len(words) > 200


def test_whoever_agreed_to_be_named_would_be_seen(small):
    """The twin: the same words, looked for in a page that names somebody."""
    with home(small.folder):
        named = [tenure.shown for tenure in BodyTenure.objects.select_related("expert")]
        person = Representative.objects.filter(until=None, unit__ended_on=None).exclude(user=None).exclude(name__in=named).first()
        consent = NameConsent.objects.create(representative=person, version=1, language="zh-hans", by=person.user)
        page = Client().get(f"/members/{person.unit.number}/").content.decode()
        consent.delete()
    assert [word for word in personal_words() if word in page] == [person.name]


def test_the_whole_province_is_listed_as_the_register_says(small):
    """What the steps kept of the directory is what would be written anew."""
    kept = {row.pk: (row.words, row.sort_as, row.mix, row.place, row.admitted_on) for row in Listing.objects.all()}
    list_again(MemberUnit.objects.select_related("organisation"))
    assert kept == {row.pk: (row.words, row.sort_as, row.mix, row.place, row.admitted_on) for row in Listing.objects.all()}
    assert len(kept) == MemberUnit.objects.count()
