"""The whole path in a real browser, by each role in turn: sign up, apply, be reviewed, belong, be elected, sit.

`PORTAL_SHOTS` names a folder for a picture of each station, at 1440 and 390 pixels.
"""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO
from typing import TYPE_CHECKING

import pypdfium2
import pytest
from django.db import transaction

from alliance import clock
from applications import batches, papers
from applications.choices import Paper, Section, State
from applications.models import Application, Batch
from applications.models.answers import FIELDS
from council.models import Contest, Nomination
from members.models import Meeting
from tests import factories
from tests.alliance import hostile
from tests.e2e import hall, keys
from tests.e2e.conftest import NARROW, PASSWORD, SIDEWAYS

if TYPE_CHECKING:
    from council.models import Call
    from tests.e2e.conftest import Visitor

pytestmark = pytest.mark.browser
EMAIL = "applicant@example.com"


@pytest.fixture
def office(portal, account, visitor) -> dict[str, Visitor]:
    """Three desks, entered through the portal's own log-in."""
    names = {"clerk": "张示一", "officer": "李范二", "secretary": "王例三"}
    desks = {office: visitor() for office in names}
    for office, name in names.items():
        desks[office].logs_in(account(name, office).email)
    return desks


@pytest.mark.long
def test_everybody_walks_the_path_in_turn(visitor, office):
    applicant = visitor()
    sign_up(applicant)
    application = apply(applicant)
    seal(applicant, application)
    accept(office["clerk"], application)
    close(office["officer"])
    publish(office["officer"], application)
    time_passes(application)
    admit(office, application)
    call = hall.call_for(office["officer"])
    put_forward(applicant, application)
    elect(office, call)
    see_the_seat_filled(applicant, visitor(), application)


# ── The applicant ────────────────────────────────────────────────────────────────────────────────────────────────────


def sign_up(applicant: Visitor) -> None:
    """From the home page to an account whose address is confirmed by the code in the letter."""
    applicant.opens("/")
    applicant.stops_at("01-home")
    applicant.follows("注册")
    applicant.fills({"name": "陈示七", "email": EMAIL, "password1": PASSWORD, "password2": PASSWORD})
    applicant.stops_at("02-sign-up")
    applicant.presses("注册")
    applicant.stops_at("03-code")
    applicant.fills({"code": applicant.portal.code_sent_to(EMAIL)})
    applicant.presses("确认")
    applicant.sees("我的申请", "陈示七")
    applicant.stops_at("04-no-application-yet")


def apply(applicant: Visitor) -> Application:
    """The number, once wrong; the sections one by one; then submit."""
    answers = factories.answers(representative_email=EMAIL, representative_name="陈示七")
    applicant.follows("开始申请")
    mistype_the_number(applicant, answers["reg_no"])
    applicant.fills({"reg_no": answers["reg_no"]})
    applicant.presses("开始填写")
    for section in FIELDS:
        if section == Section.DECLARATIONS:
            attach(applicant)
            applicant.follows("继续")
        typed = {name: answers[name] for name in FIELDS[section] if name in answers and name not in ("jurisdiction", "reg_no")}
        applicant.fills(typed)
        applicant.stops_at(f"06-section-{section.value}")
        applicant.presses("保存并检查" if section == Section.DECLARATIONS else "保存并继续")
    applicant.sees("拟提交内容", answers["name"])
    applicant.stops_at("07-check")
    applicant.presses("提交申请")
    application = Application.objects.get(reg_no=answers["reg_no"])
    assert application.state == State.SUBMITTED
    applicant.sees(application.number, "已提交")
    applicant.stops_at("08-submitted")
    return application


def attach(applicant: Visitor) -> None:
    """The certificate, as a photograph; it is there without another page."""
    applicant.page.select_option("[name=kind]", Paper.CERTIFICATE)
    applicant.page.locator("input[type=file]").first.set_input_files(certificate())
    applicant.page.locator("main").get_by_role("button", name="添加", exact=True).click()
    applicant.page.get_by_role("button", name="撤下 营业执照.png").wait_for()


def certificate() -> dict[str, object]:
    return {"name": "营业执照.png", "mimeType": "image/png", "buffer": hostile.picture("PNG")}


def seal(applicant: Visitor, application: Application) -> None:
    """The sealed pages come as photographs: put into their order, and sent as one paper."""
    applicant.follows("打印盖章")
    applicant.page.locator("input[type=file]").set_input_files(photographs(application))
    applicant.page.get_by_role("button", name="上移 3.jpg").click()
    applicant.page.get_by_role("button", name="移除 no.jpg").click()
    applicant.stops_at("08-sealed-pages")
    applicant.presses("上传扫描件")
    applicant.sees("核验码相符")
    assert application.sealed_copies.get().counts
    applicant.stops_at("08-sealed")


def photographs(application: Application) -> list[dict[str, object]]:
    """The pages of its form as pictures, and one too many."""
    with pypdfium2.PdfDocument(papers.form(application)) as document:
        pages = [page.render(scale=2).to_pil() for page in document]
    taken = []
    for name, page in [*((str(n), page) for n, page in enumerate(pages, 1)), ("no", pages[0])]:
        out = BytesIO()
        page.save(out, "JPEG")
        taken.append({"name": f"{name}.jpg", "mimeType": "image/jpeg", "buffer": out.getvalue()})
    return taken


def mistype_the_number(applicant: Visitor, number: str) -> None:
    """The error stands at its field, and in the summary; what was typed stays."""
    wrong = number[:-1] + ("0" if number[-1] != "0" else "1")
    applicant.page.get_by_label("内地").check()
    applicant.fills({"reg_no": wrong})
    applicant.presses("开始填写")
    assert applicant.page.locator("#div_id_reg_no.is-wrong .gb-error").is_visible()
    assert applicant.page.locator("#id_reg_no").input_value() == wrong
    assert applicant.page.locator(".gb-errors").evaluate("errors => errors === document.activeElement")
    applicant.stops_at("05-wrong-number")


# ── The office ───────────────────────────────────────────────────────────────────────────────────────────────────────


def accept(clerk: Visitor, application: Application) -> None:
    """From the desk's queue to the application, and its step."""
    clerk.sees("审核工作台", "待形式审查")
    clerk.stops_at("09-desk")
    clerk.follows("待形式审查")
    clerk.stops_at("10-applications")
    clerk.follows(application.number)
    clerk.stops_at("11-application")
    clerk.takes("accept")
    stands(application, State.ACCEPTED)


def close(officer: Visitor) -> None:
    """The officer types the batch's last day; the days until then pass, and the timetable closes it."""
    batch = Batch.objects.accepting(clock.now()).get()
    officer.opens(f"/admin/applications/batch/{batch.pk}/change/")
    officer.fills({"last_day": clock.today().isoformat()})
    officer.saves()
    over = clock.now()
    with transaction.atomic():
        Batch.objects.filter(pk=batch.pk).update(closes_at=over)
        Batch.objects.filter(number=batch.number + 1).update(opens_at=over)
    batches.close_due()


def publish(officer: Visitor, application: Application) -> None:
    """Screened, deliberated by a meeting, and published."""
    opens(officer, application)
    officer.takes("screen")
    officer.fills({"opinion": "符合征集条件"})
    officer.stops_at("12-step")
    officer.confirms()
    meeting = hold(officer, "preparatory")
    resolve(officer)
    opens(officer, application)
    officer.takes("deliberate")
    officer.fills({"resolution": meeting.resolutions.get().pk})
    officer.confirms()
    officer.takes("publicise")
    stands(application, State.PUBLICITY)
    officer.opens("/batches/")
    officer.sees(application.name)
    officer.stops_at("14-published")


def hold(officer: Visitor, assembly: str) -> Meeting:
    """A meeting planned for this moment, convened and opened."""
    officer.opens("/admin/members/meeting/add/")
    officer.fills({"assembly": assembly, "term": factories.term().pk, "ordinal": 1, "place": "广州市演示路1号", "urgency": "演练"})
    officer.page.get_by_role("link", name="今天").click()
    officer.page.get_by_role("link", name="现在").click()
    officer.saves("_continue")
    officer.takes("convene")
    officer.takes("open_meeting")
    return Meeting.objects.get(assembly=assembly)


def resolve(officer: Visitor) -> None:
    """Write the resolution into the open meeting."""
    officer.page.locator("#resolutions-group .add-row a").click()
    counts = {"subject": "审议入会申请", "eligible": 9, "present": 8, "in_favour": 8, "against": 0, "abstaining": 0}
    officer.fills({f"resolutions-0-{name}": value for name, value in counts.items()})
    officer.stops_at("13-meeting")
    officer.saves()


def time_passes(application: Application) -> None:
    """The days of public notice, at once."""
    past = {"publicity_from": clock.now() - timedelta(days=10), "publicity_until": clock.now() - timedelta(seconds=1)}
    Application.objects.filter(pk=application.pk).update(**past)


def admit(office: dict[str, Visitor], application: Application) -> None:
    """The secretary-general approves, the officer admits."""
    opens(office["secretary"], application)
    office["secretary"].takes("approve")
    stands(application, State.APPROVED)
    opens(office["officer"], application)
    office["officer"].takes("admit")
    stands(application, State.ADMITTED)


def opens(visitor: Visitor, thing: Application | Nomination) -> None:
    visitor.opens(f"/admin/{thing._meta.app_label}/{thing._meta.model_name}/{thing.pk}/change/")


def stands(application: Application, state: State) -> None:
    application.refresh_from_db()
    assert application.state == state


# ── The seat ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def put_forward(member: Visitor, application: Application) -> None:
    """The unit has its number, and puts itself forward."""
    member.opens("/")
    member.follows("我的单位")
    member.sees(application.unit.number, "准成员")
    member.stops_at("15-unit")
    member.follows("提名单位")
    member.fills({"tier": 2, "direction": "electric", "reason": "行业骨干单位"})
    member.stops_at("16-nominate")
    member.presses("提交提名")
    member.sees("副理事长单位", "自荐")


def elect(office: dict[str, Visitor], call: Call) -> None:
    """Shortlisted and published, voted by a meeting with its units signed in, counted, certified."""
    officer, secretary = office["officer"], office["secretary"]
    nomination = Nomination.objects.get()
    opens(officer, nomination)
    officer.takes("shortlist")
    hall.draw_up(officer, call)
    hall.settle(officer, call)
    meeting = hold(officer, "members")
    sign_in(officer)
    contest = vote(officer, meeting, nomination)
    count(office, contest)
    secretary.opens(f"/admin/council/contest/{contest.pk}/change/")
    secretary.takes("certify")
    secretary.sees("结果已确认", "当选")
    secretary.stops_at("18-certified")
    officer.opens(f"/admin/members/meeting/{meeting.pk}/change/")
    officer.takes("close_meeting")


def sign_in(officer: Visitor) -> None:
    """Tick the roll."""
    officer.opens("/admin/members/attendance/")
    officer.page.locator("#action-toggle").check()
    officer.fills({"action": "sign_in"})
    officer.goes(officer.page.locator("#changelist-form button[name=index]"))


def vote(officer: Visitor, meeting: Meeting, nomination: Nomination) -> Contest:
    """One candidate, one ballot, one vote for."""
    officer.opens("/admin/council/contest/add/")
    officer.fills({"meeting": meeting.pk, "term": factories.term().pk, "tier": 2, "direction": "electric", "seats": 1})
    officer.page.locator("#candidates-group .add-row a").click()
    officer.fills({"candidates-0-nomination": nomination.pk})
    officer.saves("_continue")
    officer.takes("start_voting")
    return Contest.objects.get()


def count(office: dict[str, Visitor], contest: Contest) -> None:
    """The tally is entered by two people apart, announced, and signed by the first of two."""
    key = contest.candidates.get().pk
    tally = {"issued": 1, "returned": 1, "invalid": 0, f"in_favour_{key}": 1, f"against_{key}": 0, f"abstaining_{key}": 0}
    for who, step in (("clerk", "count"), ("officer", "count_again")):
        office[who].opens(f"/admin/council/contest/{contest.pk}/change/")
        office[who].takes(step)
        office[who].fills(tally)
        office[who].stops_at("17-tally")
        office[who].confirms()
    for step in ("announce", "sign"):
        office["officer"].takes(step)


def see_the_seat_filled(member: Visitor, anybody: Visitor, application: Application) -> None:
    """On the dashboard, which is the council's; and on the roster, which is everybody's."""
    member.opens("/")
    member.follows("理事会")
    assert member.page.locator("svg a.vice:not(.vacant)").count() == 1
    member.sees(application.name)
    member.stops_at("19-council")
    anybody.opens("/")
    anybody.follows("理事会")
    anybody.sees("理事会名册", application.name)
    anybody.stops_at("20-roster")


# ── Keys alone ───────────────────────────────────────────────────────────────────────────────────────────────────────


def test_on_a_phone_by_keys_alone_from_the_log_in_to_submitted(visitor, account):
    beginner = account("陈示七")
    answers = factories.answers()
    one = visitor(viewport=NARROW)
    one.opens("/")
    enter(one, "登录")
    for label, typed in (("邮箱或手机号", beginner.email), ("密码", PASSWORD), ("保持登录", " ")):
        tab_to(one, label)
        one.page.keyboard.type(typed)
    for words in ("登录", "开始申请"):
        enter(one, words)
    answer_by_keys(one, {"reg_no": answers["reg_no"]}, "开始填写")
    for section in FIELDS:
        if section == Section.DECLARATIONS:
            attach_by_keys(one)
            enter(one, "继续")
        names = [name for name in FIELDS[section] if name in answers and name not in ("jurisdiction", "reg_no")]
        answer_by_keys(one, {name: answers[name] for name in names}, "保存并检查" if section == Section.DECLARATIONS else "保存并继续")
        assert one.page.evaluate(SIDEWAYS) <= 0
    enter(one, "提交申请")
    application = Application.objects.get(reg_no=answers["reg_no"])
    assert (application.state, application.gaps) == (State.SUBMITTED, {})
    one.sees(application.number)


HERE = """() => { const here = document.activeElement; return {
    tag: here.tagName, type: here.type ?? "", name: here.name ?? "", value: here.value ?? "", checked: here.checked ?? false,
    text: (here.innerText ?? "").trim() } }"""


def answer_by_keys(one: Visitor, answers: dict[str, object], button: str) -> None:
    """From the top of the page down: answer what is asked wherever the focus comes, until it is on the button; press that."""
    left = dict(answers)
    for _key in range(250):
        one.page.keyboard.press("Tab")
        here = one.page.evaluate(HERE)
        if here["tag"] == "BUTTON" and here["text"] == button:
            assert left == {}
            with one.page.expect_navigation():
                one.page.keyboard.press("Enter")
            return
        if here["name"] in left and is_answered(one, here, left[here["name"]]):
            del left[here["name"]]
    pytest.fail(f"no key leads to {button} on {one.page.url}; left: {left}")


def is_answered(one: Visitor, here: dict[str, object], answer: object) -> bool:
    """Answer the field in focus as its kind wants it; of several ticks, only once the last one is set."""
    board = one.page.keyboard
    if here["type"] == "checkbox":
        wanted = answer if isinstance(answer, list) else ["on", "true", "True"]
        if here["value"] in wanted or answer is True:
            board.press("Space")
        return not isinstance(answer, list) or here["value"] == answer[-1]
    if here["type"] == "radio":
        board.press("Space")
        press_until(one, "ArrowDown", answer)
    elif here["tag"] == "SELECT":
        press_until(one, "ArrowDown", answer)
    else:
        board.press("ControlOrMeta+a")
        board.insert_text(str(answer))
    return True


def press_until(one: Visitor, key: str, value: object) -> None:
    for _press in range(80):
        if one.page.evaluate(HERE)["value"] == str(value):
            return
        one.page.keyboard.press(key)
    pytest.fail(f"{key} does not lead to {value}")


def attach_by_keys(one: Visitor) -> None:
    """The kind, the file, and the button."""
    opened = []
    one.page.on("filechooser", lambda chooser: opened.append(chooser))  # noqa: PLW0108 — playwright looks into what it is given; heard from now on: a slow machine opens it early
    tab_to(one, "材料种类")
    press_until(one, "ArrowDown", Paper.CERTIFICATE)
    one.page.keyboard.press("Tab")
    one.page.keyboard.press("Enter")
    for _moment in range(100):
        if opened:
            break
        one.page.wait_for_timeout(100)
    opened[0].set_files(certificate())
    tab_to(one, "添加")
    one.page.keyboard.press("Enter")
    one.page.get_by_role("button", name="撤下 营业执照.png").wait_for()


NAMED = "() => { const here = document.activeElement; return (here.labels?.[0] ?? here).innerText.split('\\n')[0].trim(); }"


def enter(one: Visitor, words: str) -> None:
    """Go to a link or a button, and press it."""
    tab_to(one, words)
    keys.enter(one)


def tab_to(one: Visitor, words: str) -> None:
    keys.tab_until(one, lambda: one.page.evaluate(NAMED) == words, words)
