"""Things to test with: made directly where the past does not matter, by real steps where it does. All units are synthetic."""

from __future__ import annotations

from datetime import timedelta
from itertools import count
from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from alliance import clock
from alliance.accounts.models import User
from alliance.announcements import workflow as announcing
from alliance.announcements.models import Announcement
from alliance.demo.codes import uscc
from alliance.documents.models import Paper
from alliance.facts.choices import CertificatesFrom
from alliance.facts.models import Facts
from alliance.files.checking import check
from alliance.files.models import StoredFile
from alliance.history.models import PUBLIC, Event, kind_of
from alliance.history.record import record, record_exception
from alliance.letters.models import Letter
from applications import enquiring, sealing
from applications.choices import Criterion
from applications.models import (
    Application,
    Assignment,
    Attachment,
    Batch,
    Enquiry,
    FrequentQuestion,
    Handover,
    Note,
    Original,
    Prospect,
    Recommendation,
    Review,
    Score,
    SealedCopy,
    Version,
    Writer,
)
from applications.models.version import freeze, hand_in
from council import workflow as council
from council.models import BallotSheet, Call, Candidate, Contest, Nomination, UnitTenure
from council.workflow import Votes
from members import workflow as members
from members.choices import Assembly, Direction, LegalForm, MeetingState, Tier, UnitType
from members.models import (
    Attendance,
    Body,
    BodyTenure,
    BranchPost,
    Campaign,
    Certificate,
    ChangeRequest,
    Colleague,
    Expert,
    Meeting,
    MemberUnit,
    Motion,
    Organisation,
    Representative,
    Resolution,
    Term,
    Wish,
)
from members.models.colleague import Role
from members.models.listing import list_again
from members.workflow import issue_certificate, open_campaign
from tests.alliance import hostile

if TYPE_CHECKING:
    from applications.choices import State

serial = count(1000)
# A meeting is told by its place in its term: a small number, so it is not counted with everything else.
ordinals = count(100)


def user(name: str = "张示一", *offices: str, **fields: Any) -> User:
    """A person with these offices."""
    made = User.objects.create_user(fields.pop("email", f"person{next(serial)}@example.com"), None, name=name, **fields)
    if offices:
        made.groups.add(*Group.objects.filter(name__in=offices))
    return User.objects.get(pk=made.pk)


def answers(**changes: Any) -> dict[str, Any]:
    """A complete set of answers for a Shenzhen firm with a number of its own."""
    n = next(serial)
    complete = {
        "name": f"深圳演示新能源科技{n}有限公司",
        "short_name": f"演示{n}",
        "jurisdiction": "mainland",
        "reg_no": uscc("91", "440300", n),
        "unit_type": UnitType.ENTERPRISE,
        "legal_form": LegalForm.LEGAL_PERSON,
        "ownership": "private",
        "founded_on": "2012-05-30",
        "registered_capital": "5000",
        "legal_representative": "李范二",
        "region": "440300",
        "registered_address": "深圳市演示路1号",
        "postal_address": "深圳市演示路1号",
        "representative_name": "李范二",
        "representative_post": "总经理",
        "representative_phone": "0755-0000 0001",
        "representative_email": f"rep{n}@example.com",
        "contact_name": "王例三",
        "contact_post": "综合部",
        "contact_phone": "0755-0000 0002",
        "contact_email": f"liaison{n}@example.org",
        "main_business": "动力电池系统的研发和生产",
        "chain_position": ["midstream"],
        "specialities": ["battery"],
        "main_direction": Direction.ELECTRIC,
        "cap_research": "设有研发中心",
        "intent": "join",
        "tasks": ["needs"],
        "planned_work": "参与技术路线图研究",
        "declares_true": True,
        "accepts_charter": True,
        "told_persons": True,
    }
    return complete | changes


def draft(by: User | None = None, *, papers: bool = True, **changes: Any) -> Application:
    """A complete draft in the batch that is open, with the papers that have to go with it."""
    batch = changes.pop("batch", None) or Batch.objects.accepting(clock.now()).get()
    made = Application.objects.create(batch=batch, applicant=by or user(), **answers(**changes))
    Writer.objects.create(application=made, user=made.applicant, role=Role.OWNS)
    for kind in made.missing_papers if papers else ():
        attachment(made, kind)
    made.__dict__.pop("papers_there", None)  # they are there now
    return made


def attachment(application_: Application, kind: str) -> Attachment:
    """A paper that is there; its bytes are not."""
    file = StoredFile.objects.create(
        title=f"{kind}.pdf",
        kind="pdf",
        size=1000,
        sha256=f"{next(serial):064d}",
        state="unscanned",
        kind_of_thing=kind_of(application_),
        thing_id=application_.pk,
        uploaded_by=application_.applicant,
    )
    return Attachment.objects.create(application=application_, kind=kind, file=file, added_by=application_.applicant)


def organisation(**changes: Any) -> Organisation:
    n = next(serial)
    fields = {
        "name": f"广州演示{n}有限公司",
        "jurisdiction": "mainland",
        "reg_no": uscc("91", "440101", n),
        "unit_type": "enterprise",
        "region": "440100",
    }
    return Organisation.objects.create(**fields | {"main_direction": Direction.ELECTRIC} | changes)


def original(application_: Application, version: Version | None = None) -> Original:
    """The sealed paper of what was last submitted, logged by the office."""
    return Original.objects.create(
        application=application_, version=version or application_.version, filed="甲柜一层", noted_by=user("示收件")
    )


def scan(application_: Application, pages: list[list[str]] = ()) -> SealedCopy:
    """A scan on whose pages these codes were read: none, unless said."""
    checked = check(SimpleUploadedFile("盖章申请表.png", hostile.picture("PNG")))
    return sealing.keep(application_, checked, list(pages), by=application_.applicant)


def sealed(draft_: Application) -> Application:
    """A draft whose answers are fixed, and whose sealed paper is there before it is submitted."""
    draft_.refresh_from_db()
    original(draft_, freeze(draft_, by=draft_.applicant))
    return draft_


def application(state: State, by: User | None = None, *, sealed: bool = True, **changes: Any) -> Application:
    """An application as it stands in `state`, with its first version frozen and, unless said, sealed; its history is not told."""
    by = by or user()
    if state != "draft":
        changes.setdefault("batch", Batch.objects.get(number=1))
    made = Application.objects.get(pk=draft(by, **changes).pk)  # as the database has it: so are its answers frozen
    made.state = state
    if state != "draft":
        made.number = f"SQ2020-{next(serial)}"
        made.submitted_at = clock.now()
        made.due_at = clock.now() + timedelta(days=5)
        described = {name: getattr(made, name) for name in ("name", "unit_type", "region", "main_direction")}
        made.organisation = Organisation.objects.create(jurisdiction=made.jurisdiction, reg_no=made.reg_no, **described)
        Colleague.objects.create(user=by, organisation=made.organisation, role=Role.OWNS)
        version = hand_in(made, by=by)
        if sealed:
            original(made, version)
    if state in ("publicity", "objection"):
        made.publicity_from, made.publicity_until = clock.now() - timedelta(days=7), clock.now() - timedelta(seconds=1)
    if state == "admitted":
        made.unit = MemberUnit.objects.create(organisation=made.organisation, number=f"GBANEV-{next(serial)}", admitted_on=clock.today())
    made.save()
    return made


def unit(by: User | None = None, **changes: Any) -> MemberUnit:
    """A member unit with its representative; `by` owns the organisation and represents it."""
    fields = {name: changes.pop(name) for name in ("state", "ended_on", "admitted_on") if name in changes}
    made = MemberUnit.objects.create(
        organisation=organisation(**changes), number=f"GBANEV-{next(serial)}", **{"admitted_on": clock.today()} | fields
    )
    Representative.objects.create(unit=made, name=by.name if by else "郑示六", post="总经理", user=by, since=made.admitted_on)
    if by:
        Colleague.objects.create(user=by, organisation=made.organisation, role=Role.OWNS)
    return made


def seated(unit_: MemberUnit, *, by: User, tier: int = Tier.CHAIR, direction: str = "") -> UnitTenure:
    """`unit_` is the chair unit, or holds a seat of another post, by a resolution; its representative fills the seat."""
    taken = Resolution.objects.filter(meeting__assembly=Assembly.COUNCIL).first() or resolution(
        meeting=meeting(assembly=Assembly.COUNCIL), subject="增补理事单位"
    )
    post = {"tier": tier, "direction": direction}
    return council.take_office(unit_, unit_.representative, term=term(), by=by, resolution=taken, **post)


def listed(by: User | None = None, **changes: Any) -> MemberUnit:
    """A member unit that the directory knows."""
    made = unit(by, **changes)
    list_again([made])
    return made


def certify() -> None:
    """From now on units are certified when they are admitted, founding or not."""
    Facts.objects.filter(pk=1).update(certificates_from=CertificatesFrom.ADMISSION)


def certificate(by: User, unit_: MemberUnit | None = None) -> Certificate:
    """A certificate that runs, of an alliance that issues them from admission on."""
    certify()
    issue_certificate(unit_ or unit(), by=by)
    return Certificate.objects.latest("id")


def tenure(body: Body | None = None, **changes: Any) -> BodyTenure:
    """An expert heads the committee, unless somebody else is named."""
    holder = {} if {"unit", "person"} & changes.keys() else {"expert": changes.pop("expert", None) or expert()}
    fields = {"post": "head", "term": term(), "begins_on": clock.today()}
    return BodyTenure.objects.create(body=body or Body.objects.get(kind="experts"), **fields | holder | changes)


def expert(**changes: Any) -> Expert:
    """Somebody of the think tank."""
    n = next(serial)
    return Expert.objects.create(**{"name": f"陈示{n}", "affiliation": "演示大学", "directions": ["electric"]} | changes)


def assignment(by: User, application_: Application, **changes: Any) -> Assignment:
    """An application for one expert."""
    whom = changes.pop("expert", None) or expert()
    return Assignment.objects.create(application=application_, batch=application_.batch, expert=whom, assigned_by=by, **changes)


def review(by: User, application_: Application, *, points: int = 4, **changes: Any) -> Review:
    """A sheet that was handed in, with its six scores."""
    made = Review.objects.create(
        assignment=assignment(by, application_, state="reviewed", **changes), advice="admit", opinion="符合条件", handed_in_at=clock.now()
    )
    Score.objects.bulk_create(Score(review=made, criterion=criterion, points=points) for criterion in Criterion)
    return made


def objection(**changes: Any) -> dict[str, Any]:
    """An objection as it is put in."""
    said = {
        "name": "陈示七",
        "affiliation": "",
        "telephone": "",
        "email": "objector@example.com",
        "words": "该单位填报的专利数量有误。（样例）",
    }
    return {**said, "received_on": clock.today(), "papers": [], **changes}


def batch_form(**changes: Any) -> dict[str, Any]:
    """What the office's form of a batch posts, with the terms of its expert review as they are at first."""
    terms = {"reviewers": 3, "most_reviews": "", "review_days": 10, **{f"weight_{criterion}": 1 for criterion in Criterion}}
    return {"deciding_body": "council", "publicity_days": 5, "grace_minutes": 0, "seal_days": 5} | terms | changes


def enquiry(by: User, state: str = "asked") -> Enquiry:
    """A question that came by telephone."""
    told = {"answer": "可以。", "answered_by": by, "answered_at": clock.now()} if state == "answered" else {}
    return Enquiry.objects.create(
        topic="joining", way="telephone", name="郑示六", phone="0755-0000 0003", words="高校能否参加？", state=state, **told
    )


def asked(by: User | None = None, **changes: Any) -> Enquiry:
    """A question that came in through the portal; by nobody with an account, unless said."""
    who = {"name": by.name, "email": by.email} if by else {"name": "郑示六", "email": f"asker{next(serial)}@example.net"}
    made = Enquiry(**{"topic": "joining", "words": "高校能否参加？", "asked_by": by} | who | changes)
    return enquiring.ask(made, by=by or PUBLIC)


def note(application_: Application, by: User | None = None, **changes: Any) -> Note:
    """A remark of the office."""
    return Note.objects.create(**{"application": application_, "words": "已提醒补章。", "by": by or user()} | changes)


RECOMMENDED = {
    "seat_wanted": "director",
    "nomination_kind": "recommended",
    "recommender": "广州市科学技术局",
    "recommender_opinion": "骨干企业，同意推荐。",
}


def recommendation(application_: Application, state: str = "asked", **changes: Any) -> Recommendation:
    """A request to the bureau of Guangzhou to confirm; answered, if its state says so."""
    Application.objects.filter(pk=application_.pk).update(**RECOMMENDED)
    application_.refresh_from_db()
    made = Recommendation(
        application=application_, bureau="440100", email="bureau@example.gov.cn", asked_by=application_.applicant, state=state, **changes
    )
    made.recommender, made.seat_wanted, made.opinion = application_.recommended
    made.renew()
    if state == "confirmed":
        made.name, made.post, made.answered_at, made.digest = "张示一", "处长", clock.now(), f"{next(serial):064d}"
    made.save()
    return made


def exception(application_: Application, by: User | None = None) -> Event:
    """Somebody checked what they had screened."""
    by = by or user()
    return record_exception(record(application_, "screen", by=by), "accept", by=by)


def handover(by: User, leaver: User | None = None, **changes: Any) -> Handover:
    """Somebody who had nothing in hand left."""
    nothing = {"offices": ["clerk"], "in_hand": [], "notes": 0}
    return Handover.objects.create(
        **{"leaver": leaver or user("离任者"), "successor": user("接任者"), "items": nothing, "by": by} | changes
    )


def branch(region: str = "440300", **changes: Any) -> Body:
    """A branch, planned."""
    return Body.objects.create(**{"kind": "branch", "name": f"演示分支机构{next(serial)}", "region": region} | changes)


def branch_staff(office: str, region: str = "440300", at: Body | None = None) -> User:
    """Somebody of the office whose work is a branch's."""
    made = user(f"{office} 支", office)
    BranchPost.objects.create(user=made, branch=at or branch(region), appointed_by=user())
    return User.objects.get(pk=made.pk)


def wish(unit_: MemberUnit | None = None, state: str = "open", **changes: Any) -> Wish:
    """A unit would like to join a working group."""
    body = changes.pop("body", None) or Body.objects.create(kind="working_group", name=f"演示工作组{next(serial)}")
    decided = {} if state == "open" else {"decided_by": user(), "decided_at": clock.now(), "words": "同意"}
    return Wish.objects.create(**{"unit": unit_ or unit(), "body": body, "kind": "join", "state": state} | decided | changes)


def frequent_question(**changes: Any) -> FrequentQuestion:
    return FrequentQuestion.objects.create(**{"question": f"怎样申请{next(serial)}？", "answer": "在线填写。"} | changes)


def term() -> Term:
    return Term.objects.get(number=1)


def meeting(
    state: MeetingState = MeetingState.OPEN,
    *,
    assembly: Assembly = Assembly.MEMBERS,
    units: list[MemberUnit] = (),
    present: int | None = None,
    **changes: Any,
) -> Meeting:
    """A members' assembly with these units on its roll, the first `present` of them signed in (all, unless said)."""
    said = {"term": term(), "ordinal": next(ordinals), "held_at": clock.now(), "place": "广州市演示路1号"}
    made = Meeting.objects.create(assembly=assembly, state=state, **said | changes)
    here = len(units) if present is None else present
    Attendance.objects.bulk_create(
        Attendance(meeting=made, unit=u, signed_in_at=clock.now() if n < here else None, **voter_of(u)) for n, u in enumerate(units)
    )
    return made


def voter_of(unit_: MemberUnit) -> dict[str, Any]:
    """Who stands on a roll for a unit."""
    person = unit_.representative
    return {"voter": person.name, "user": person.user} if person else {}


def motion(by: User, state: str = "open", *, way: str = "hands", units: list[MemberUnit] = (), **changes: Any) -> Motion:
    """A motion of a meeting with three units present, unless others are named; each is for it where it is voted on by name."""
    held = changes.pop("meeting", None) or meeting(units=units or [unit() for _ in range(3)])
    made = Motion.objects.create(**{"meeting": held, "subject": "审议章程（草案）", "way": way} | changes)
    if state == "withdrawn":
        members.withdraw_motion(made, by=by, reason="补充材料")
    if state in ("open", "closed"):
        members.open_motion(made, by=by)
    if state in ("open", "closed") and way == "named":
        members.cast(made, dict.fromkeys(held.attendances.present().values_list("pk", flat=True), "favour"), by=by)
    if state == "closed" and way == "named":
        members.close_vote(made, by=by)
    if state == "closed" and way == "hands":
        members.count_hands(made, by=by, in_favour=held.present, against=0, abstaining=0)
    return made


def resolution(**changes: Any) -> Resolution:
    """A resolution that passed: nine eligible, eight present, all for."""
    counts = {"eligible": 9, "present": 8, "in_favour": 8, "against": 0, "abstaining": 0}
    held = changes.pop("meeting", None) or meeting(assembly=Assembly.PREPARATORY)
    return Resolution.objects.create(meeting=held, **{"subject": "审议入会申请"} | counts | changes)


def thaw() -> None:
    """What somebody with the database in their hands would do first: switch PostgreSQL's refusals off."""
    if connection.vendor == "postgresql":
        connection.cursor().execute("SET LOCAL session_replication_role = replica")


def call(state: str = "open") -> Call:
    """The first term's call for nominations, as it stands; an open one takes them today."""
    found = Call.objects.filter(term=term()).order_by("-pk").first()
    days = {"opens_on": clock.today(), "closes_on": clock.today() + timedelta(days=10)}
    if found is None:
        return Call.objects.create(term=term(), state=state, **days)
    Call.objects.filter(pk=found.pk).update(state=state, **days)
    found.refresh_from_db()
    return found


def nomination(unit_: MemberUnit, state: str = "shortlisted", **changes: Any) -> Nomination:
    """A nomination for director of hydrogen, by the unit itself, on a list that is settled unless a call says otherwise."""
    changes.setdefault("call", Call.objects.filter(term=term()).first() or call("settled"))
    post = {"term": term(), "tier": Tier.DIRECTOR, "direction": Direction.HYDROGEN, "kind": "self", "reason": "骨干单位"}
    return Nomination.objects.create(unit=unit_, person=unit_.representative, state=state, **post | changes)


def contest(
    state: str = "prepared",
    *,
    tied: bool = False,
    differing: bool = False,
    write_ins: dict[str, int] | None = None,
    units: bool = False,
) -> tuple[Contest, dict[str, Any]]:
    """A contest of three voters for one seat with two candidates, as its state says; and the inputs that count it.

    Tied: three candidates for two seats. Differing: the two entries do. Units: it elects council units.
    """
    voters, seats = [unit() for _ in range(3)], 2 if tied else 1
    post = {"kind": "units"} if units else {"tier": Tier.DIRECTOR, "direction": Direction.HYDROGEN}
    made = Contest.objects.create(meeting=meeting(units=voters), term=term(), seats=seats, **post)
    stand = [Candidate.objects.create(contest=made, nomination=nomination(u)).pk for u in voters[: seats + 1]]
    counts = [Votes(1, 2, 0), Votes(0, 3, 0)] if write_ins else [Votes(2, 1, 0)] * 3 if tied else [Votes(2, 1, 0), Votes(1, 2, 0)]
    votes = dict(zip(stand, counts, strict=True))
    ballots = {"issued": 3, "returned": 3, "invalid": 0, "votes": votes, "write_ins": write_ins or {}}
    bring(made, state, ballots, ballots | {"votes": votes | {stand[-1]: Votes(0, 3, 0)}} if differing else ballots)
    Contest.objects.filter(pk=made.pk).update(state=state)
    made.refresh_from_db()
    return made, ballots


COUNTED = ("counted", "announced", "signed", "certified", "corrected")


def bring(made: Contest, state: str, ballots: dict[str, Any], again: dict[str, Any]) -> None:
    """The contest up to `state`, by people who do nothing else."""
    officer, other = user("李范二", "officer"), user("周示五", "officer")
    if state in ("prepared", "void"):
        return
    council.start_voting(made, by=officer)
    if state in ("entered", *COUNTED):
        council.count(made, by=officer, **ballots)
    if state in COUNTED:
        council.count_again(made, by=other, **again)
    if state in ("certified", "corrected"):
        council.announce(made, by=officer)
        certified(made, officer)
    if state == "corrected":
        council.propose_correction(made, by=officer, reason="重新计票。", **ballots)
    if state == "signed":
        Contest.objects.filter(pk=made.pk).update(first_signer=officer)


def counted(made: Contest, **ballots: Any) -> Contest:
    """Voted and counted twice, the two entries alike."""
    if made.state == "prepared":
        council.start_voting(made, by=user("李范二", "officer"))
    council.count(made, by=user("吴范六", "clerk"), **ballots)
    council.count_again(made, by=user("周示五", "officer"), **ballots)
    return made


def certified(made: Contest, first: User | None = None, second: User | None = None) -> Contest:
    """Announced, signed by one and certified by another."""
    first = first or user("李范二", "officer")
    if made.state == "counted":
        council.announce(made, by=first)
    council.sign(made, by=first)
    council.certify(made, by=second or user("王例三", "secretary"))
    return made


def sheet(state: str = "prepared") -> BallotSheet:
    """The ballots of a meeting of three."""
    made = BallotSheet.objects.create(meeting=meeting(units=[unit() for _ in range(3)]), name=f"选票{next(serial)}")
    if state != "prepared":
        council.issue_ballots(made, by=user("李范二", "officer"), printed=5, issued=3)
    BallotSheet.objects.filter(pk=made.pk).update(
        state=state, **({"unused": 2, "destroyed_by": "张示一", "witness": "陈示七"} if state == "accounted" else {})
    )
    made.refresh_from_db()
    return made


def paper(thing: Any, by: User | None = None, **changes: Any) -> Paper:
    """A paper about `thing`, its content a few letters."""
    fields = {"kind": "acceptance", "number": f"湾新汽联〔2020〕{next(serial)}号", "title": "受理通知书", "file_name": "受理通知书.docx"}
    kept = {"media_type": "application/octet-stream", "content": b"paper", "sha256": "0" * 64}
    about = {"kind_of_thing": kind_of(thing), "thing_id": thing.pk, "made_by": by or user()}
    return Paper.objects.create(**about | fields | kept | changes)


def letter(thing: Any, **changes: Any) -> Letter:
    """A letter about `thing`, as it stands in the outbox."""
    about = {"kind_of_thing": kind_of(thing), "thing_id": thing.pk, "key": f"letter:{next(serial)}"}
    return Letter.objects.create(**about | {"template": "accepted", "to": "unit@example.org", "language": "zh-hans", "subject": "受理", "body": "已受理。"} | changes)  # fmt: skip


def campaign(by: User, **changes: Any) -> Campaign:
    """This year's confirmation, opened: every unit that belongs has its row."""
    today = clock.today()
    made = Campaign.objects.create(**{"year": today.year, "opens_on": today, "due_on": today + timedelta(days=60)} | changes)
    open_campaign(made, by=by)
    return made


def change_request(unit_: MemberUnit | None = None, state: str = "open", **changes: Any) -> ChangeRequest:
    """A unit asks to be classed otherwise."""
    by = user()
    settled = {} if state == "open" else {"settled_by": by, "settled_at": clock.now()}
    made = ChangeRequest.objects.create(**{"unit": unit_ or unit(), "made_by": by, "state": state} | settled | changes)
    made.changes.create(field="unit_type", old="enterprise", new="institute")
    return made


def prospect(**changes: Any) -> Prospect:
    """A unit of the source pool."""
    n = next(serial)
    return Prospect.objects.create(**{"name": f"演示{n}大学", "contact_email": f"prospect{n}@example.org", "source": "演示名单"} | changes)


def announcement(state: str = "published", **changes: Any) -> Announcement:
    """Something to read, for everybody unless another audience is named; published from now on."""
    said = {"kind": "news", "title": "产业峰会报名通知", "body": "一、时间\n六月一日。"}
    made, by = Announcement.objects.create(**said | changes), user("发布人", "officer")
    if state != "draft":
        announcing.publish_announcement(made, by=by, tell_members=False)
    if state == "withdrawn":
        announcing.withdraw_announcement(made, by=by, reason="改期")
    return made
