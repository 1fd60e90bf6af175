"""What is kept beside the story: the days of the five stages, declarations that are ticked, questions to the desk, who is honoured."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from alliance.demo import cast
from alliance.demo.days import DAY, at
from alliance.facts.choices import StageNumber
from alliance.facts.models import FoundingStage
from alliance.history.fields import acting
from alliance.history.models import PUBLIC
from alliance.history.record import record
from applications import enquiring
from applications.choices import Declaration, EnquiryTopic
from applications.models import Enquiry
from applications.models.consent import agree
from council.models import HonoraryChair
from members.models import Expert, Organisation, Term

if TYPE_CHECKING:
    from datetime import date

    from django.db.models import Model

    from alliance.demo.story import Story
    from applications.models import Application

PREPARED_FOR = 250 * DAY  # the notice: more than eight months
ASKED = (
    ("许例丁", "asker1@example.net", "我单位在外省注册，在深圳设有分公司，应以哪个单位的名义申请？（样例）"),
    ("袁范辛", "asker2@example.net", "盖章申请表可以在提交之后再补交吗？（样例）"),
)
ANSWER = "分公司不是法人，请以总公司的名义申请；所在地填写总公司的注册地。（样例）"
FROM = "192.0.2.1"  # an address of the range kept for examples (RFC 5737)


def plan(story: Story) -> None:
    """The stages have their days from the call on, and each is done on its last; the rest as it comes."""
    days, diary = story.days, story.diary
    diary.note(at(days.call, 9, 5), begin, story)
    for number, (_begins, ends) in stages(story).items():
        diary.note(max(at(ends, 17, 40), at(days.call, 9, 10)), finish, story, number)
    diary.note(at(days.before(days.today, 4), 10), asked, story, 0)
    diary.note(at(days.before(days.today, 3), 15), answered, story)
    diary.note(at(days.last, 11), asked, story, 1)
    diary.note(at(days.admission, 17), know_own_unit, story)
    diary.note(at(days.after(days.founding, 1), 10), honour, story)


def stages(story: Story) -> dict[int, tuple[date, date]]:
    """The first and the last day of each stage that the founding does not end by itself."""
    days = story.days
    return {
        StageNumber.PREPARATION: (days.call - PREPARED_FOR, days.call - DAY),
        StageNumber.CALL: (days.call, days.nominations),
        StageNumber.APPROVAL: (days.admission, days.after(days.nominations, 3)),
    }


def begin(story: Story) -> None:
    """The first morning: the stages have their days."""
    secretary = story.people["secretary"]
    found = {stage.number: stage for stage in FoundingStage.objects.all()}
    for number, (begins, ends) in stages(story).items():
        change(found[number], secretary, begins_on=begins, ends_on=ends)
    change(found[StageNumber.FOUNDING], secretary, begins_on=story.days.after(story.days.nominations, 4))


def finish(story: Story, number: int) -> None:
    change(FoundingStage.objects.get(number=number), story.people["secretary"], is_done=True)


def change(thing: Model, by: Model, **said: Any) -> None:
    """As the office's page would: what stood there before stays in the field history."""
    for name, value in said.items():
        setattr(thing, name, value)
    with acting(by, "edit"):
        thing.save(update_fields=list(said))
    record(thing, "edit", by=by, inputs=said)


def tick(application: Application, by: Model) -> None:
    """The applicant agrees to each declaration, having its text before them."""
    agree(application, Declaration.values, by=by, language="zh-hans", address=FROM)


def asked(story: Story, place: int) -> None:
    """Somebody asks on the public page, without an account."""
    name, email, words = ASKED[place]
    enquiring.ask(Enquiry(topic=EnquiryTopic.JOINING, name=name, email=email, words=words, language="zh-hans"), by=PUBLIC)


def answered(story: Story) -> None:
    """The desk answers the first; the other still waits."""
    enquiring.answer(Enquiry.objects.get(), by=story.people["clerk"], words=ANSWER)


def know_own_unit(story: Story) -> None:
    """The experts' university is a member now: they never review what it applies for."""
    for expert in Expert.objects.exclude(user=None):
        change(expert, story.people["officer"], organisation=Organisation.objects.get(name=expert.affiliation))


def honour(story: Story) -> None:
    """One honorary chair, who agrees to be named."""
    officer, on = story.people["officer"], story.days.after(story.days.founding, 1)
    with acting(officer, "add"):
        chair = HonoraryChair.objects.create(term=Term.objects.get(number=1), begins_on=on, consented_on=on, **cast.HONOURED)
    record(chair, "add", by=officer)
