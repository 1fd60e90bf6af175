"""Who may, of applications. Duties are separated by person and application: who checks one does not screen or approve it."""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING, Any

from django.db.models import Q

from alliance.accounts.choices import SECRETARIAT, SEPARATE, Office
from alliance.facts.models import facts
from alliance.history.models import PUBLIC, Event, kind_of
from alliance.prepared import Prepared
from applications.models import Application, Assignment, Attachment, Batch, Enquiry, JoinRequest, Objection, Writer
from members.models import Colleague, Expert, Organisation
from members.models.colleague import Role
from members.querysets import reach_of
from members.rules import holds, is_timetable, person

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from alliance.files.models import StoredFile
    from alliance.workflow import Actor
    from applications.models import Panel, Prospect, Recommendation
    from applications.querysets import ApplicationQuerySet, ObjectionQuerySet

__all__ = [
    "expert_of",
    "is_expert",
    "is_recommender",
    "is_secretariat",
    "is_timetable",
    "may_admit",
    "may_approve",
    "may_ask_further",
    "may_ask_recommender",
    "may_assign",
    "may_check",
    "may_conclude",
    "may_conduct",
    "may_enter",
    "may_fill_in",
    "may_hand_over",
    "may_handle",
    "may_invite",
    "may_let_in",
    "may_look",
    "may_make_papers",
    "may_manage",
    "may_note",
    "may_publish",
    "may_read",
    "may_rebind",
    "may_record",
    "may_review",
    "may_screen",
    "may_see_handover",
    "may_submit",
    "paper_under_review",
    "person",
    "readable",
    "readable_objections",
    "role_in",
]

CHECKING = ("accept", "decline", "return_for_correction")
SCREENING = ("screen",)
APPROVING = ("approve",)

WRITES = Prepared(lambda application, user: Writer.objects.running().filter(application=application, user=user))
ACTS = Prepared(lambda organisation, user: Colleague.objects.filter(organisation=organisation, user=user, until=None))
TOOK = Prepared(lambda application, user: Event.objects.of_kind(Application).filter(thing_id=application, actor=user).order_by("-id"))


def may_fill_in(by: Actor, application: Application) -> bool:
    """Who started a draft; once it is submitted, whoever acts for its organisation."""
    user = person(by)
    return user is not None and Application.objects.of(user).filter(pk=application.pk).exists()


def readable(by: Actor) -> ApplicationQuerySet:
    """The applications that somebody may read, with their papers: as an applicant, and in the office what was submitted."""
    user = person(by)
    mine = Application.objects.of(user).values("pk") if user else ()
    in_office = Application.objects.visible_in_office(user).values("pk") if holds(by, *SECRETARIAT) else ()
    return Application.objects.filter(Q(pk__in=mine) | Q(pk__in=in_office))


def readable_objections(by: Actor) -> ObjectionQuerySet:
    """The objections whose papers somebody may read: those of the secretariat that is no party to the application."""
    user = person(by)
    if user is None or not holds(by, *SECRETARIAT):
        return Objection.objects.none()
    return Objection.objects.filter(application__in=Application.objects.visible_in_office(user).free_for(user))


def may_submit(by: Actor, application: Application) -> bool:
    """Who fills in may submit and withdraw, except a colleague who only fills in."""
    return role_in(by, application) in (Role.SUBMITS, Role.OWNS)


def may_manage(by: Actor, thing: Application | Organisation) -> bool:
    """The owner invites, lets in and hands over."""
    return role_in(by, thing) == Role.OWNS


def role_in(by: Actor, thing: Application | Organisation) -> str:
    """What `by` may do for the unit: as its colleague, or as a writer of the draft; nothing for anybody else."""
    user = person(by)
    if user is None:
        return ""
    if isinstance(thing, Organisation):
        row = ACTS.first(thing.pk, user.pk)
    elif thing.organisation_id and not thing.is_entered:
        row = ACTS.first(thing.organisation_id, user.pk)
    else:
        row = WRITES.first(thing.pk, user.pk) if thing.pk else None
    return row.role if row else ""


def may_invite(by: Actor, prospect: Prospect) -> bool:
    """Officers and the secretary-general; of a branch, units of its place."""
    return holds(by, Office.OFFICER, Office.SECRETARY) and reaches(by, prospect)


def may_let_in(by: Actor, request: JoinRequest) -> bool:
    """Its owner; the clerk where nobody owns it."""
    user = person(by)
    if user is None or user == request.user:
        return False
    owners = owners_of(request)
    return user.pk in owners or (not owners and holds(by, Office.CLERK) and reaches(by, request))


def may_rebind(by: Actor, request: JoinRequest) -> bool:
    """The clerk, on a letter with the seal of an organisation that is known."""
    return holds(by, Office.CLERK) and request.organisation_id is not None and person(by) != request.user and reaches(by, request)


def owners_of(request: JoinRequest) -> set[int]:
    """Who owns what is asked for, and can still log in."""
    return set(request.acting().filter(role=Role.OWNS, user__is_active=True).values_list("user", flat=True))


def serves(by: Actor, application: Application, *offices: str) -> bool:
    """Whether `by` holds one of `offices` for this application: branch staff hold theirs for their branch's alone."""
    return holds(by, *offices) and reaches(by, application)


def reaches(by: Actor, thing: Any) -> bool:
    """Whether a thing lies within the reach of whoever of the office acts."""
    user = person(by)
    return reach_of(user) is None or type(thing).objects.within_reach(user).filter(pk=thing.pk).exists()


class Separated:
    """The rule for an office whose steps nobody takes on an application on which they took one of `others`, or which they entered.

    In a very small office (a setting) one may; then what they did before is told, and the step records it as an exception. A
    party to the application never may.
    """

    def __init__(self, office: Office, *others: str, of: Callable[[Any], Application] = lambda application: application) -> None:
        self.office, self.others, self.of = office, others, of

    def __call__(self, by: Actor, thing: Any) -> bool:
        return self.weigh(by, thing) is not None

    def weigh(self, by: Actor, thing: Any) -> list[Event] | None:
        """What `by` did before that forbids the step, where the setting allows it all the same; None where it stays forbidden."""
        application = self.of(thing)
        if person(by) is None or not serves(by, application, self.office) or concerned(by, application):
            return None
        before = touched(by, application, *self.others)
        return before if not before or facts().small_office else None


may_check = Separated(Office.CLERK, *SCREENING, *APPROVING)  # a clerk who has neither screened nor approved this application
may_look = Separated(
    Office.CLERK, *SCREENING, *APPROVING, of=attrgetter("application")
)  # whether a sealed scan is right belongs to the formal check
may_screen = Separated(Office.OFFICER, *CHECKING, *APPROVING)  # an officer who has neither checked nor approved it
may_approve = Separated(Office.SECRETARY, *CHECKING, *SCREENING)  # the secretary-general, unless it was they who checked or screened it


def may_conduct(by: Actor, application: Application) -> bool:
    """Officers record what the meeting decided, publish it and hear objections."""
    return serves(by, application, Office.OFFICER, Office.SECRETARY) and not concerned(by, application)


def may_conclude(by: Actor, application: Application) -> bool:
    """Officers; and the timetable, once every sheet is there."""
    return is_timetable(by, application) or may_conduct(by, application)


def may_assign(by: Actor, assignment: Assignment) -> bool:
    """Officers who are no party to the application give it to experts."""
    return may_conduct(by, assignment.application)


def expert_of(by: Actor) -> Expert | None:
    """Whoever `by` is in the think tank."""
    user = person(by)
    return Expert.objects.of(user).first() if user else None


def is_expert(by: Actor) -> bool:
    return expert_of(by) is not None


def may_review(by: Actor, assignment: Assignment) -> bool:
    """The expert it was given to, while nothing ties them to the application."""
    expert = expert_of(by)
    return expert is not None and Assignment.objects.seen_by(expert).filter(pk=assignment.pk).exists()


def may_record(by: Actor, panel: Panel, application: Application) -> bool:
    """The leader of the panel, of what they may see; and officers who are no party to it."""
    if may_conduct(by, application):
        return True
    expert = expert_of(by)
    leads = expert is not None and panel.leader_id == expert.pk
    return leads and Application.objects.for_expert(expert).filter(pk=application.pk).exists()


def paper_under_review(by: Actor, uuid: UUID) -> StoredFile | None:
    """A paper that an expert may read: one that the version under review names, of an application that is theirs to review."""
    if (expert := expert_of(by)) is None:
        return None
    seen = Attachment.objects.filter(file__uuid=uuid, application__in=Application.objects.for_expert(expert).values("pk"))
    found = seen.select_related("application", "file").first()
    return found.file if found and Attachment.objects.in_version(found.application.version).filter(pk=found.pk).exists() else None


def is_secretariat(by: Actor, enquiry: Enquiry) -> bool:
    """Anybody of the secretariat, within their reach."""
    return holds(by, *SECRETARIAT) and reaches(by, enquiry)


def may_make_papers(by: Actor, application: Application) -> bool:
    """Anybody of the secretariat who is no party to it."""
    return serves(by, application, *SECRETARIAT) and not concerned(by, application)


def may_note(by: Actor, application: Application) -> bool:
    """Anybody of the secretariat who is no party to it; whoever is does not read what the office noted either."""
    return serves(by, application, *SECRETARIAT) and not concerned(by, application)


def may_handle(by: Actor, application: Application) -> bool:
    """Anybody of the secretariat who is no party to it may have the file in hand."""
    return serves(by, application, *SECRETARIAT) and not concerned(by, application)


def may_hand_over(by: Actor, leaver: Any) -> bool:
    """The security administrator or the secretary-general hands over the work of somebody else; that of an administrator or auditor the former alone."""
    if person(by) is None or by == leaver or reach_of(by) is not None:
        return False
    return holds(by, Office.SECURITY) or (holds(by, Office.SECRETARY) and not leaver.holds(*SEPARATE))


def may_see_handover(by: Actor, handover: Any) -> bool:
    return holds(by, Office.SECURITY, Office.SECRETARY) and reach_of(person(by)) is None


def may_ask_further(by: Actor, enquiry: Enquiry) -> bool:
    """Who asked: under their account, or, where there was none, whoever holds the address of the question."""
    return by == PUBLIC if enquiry.asked_by_id is None else by == enquiry.asked_by


def is_recommender(by: Actor, recommendation: Recommendation) -> bool:
    """Whoever holds link and code: nobody who is signed in for the office or for the unit."""
    return by == PUBLIC


def may_ask_recommender(by: Actor, recommendation: Recommendation) -> bool:
    return may_fill_in(by, recommendation.application)


def may_publish(by: Actor, batch: Batch) -> bool:
    """Officers of the whole alliance publish the list of a batch, whoever is on it."""
    return holds(by, Office.OFFICER, Office.SECRETARY) and reach_of(person(by)) is None


def may_read(by: Actor, application: Application) -> bool:
    """Its applicants; and the secretariat, once it is submitted."""
    return may_fill_in(by, application) or (serves(by, application, *SECRETARIAT) and application.submitted_at is not None)


def may_admit(by: Actor, application: Application) -> bool:
    return may_conduct(by, application)


def touched(by: Actor, application: Application, *steps: str) -> list[Event]:
    """Which of `steps` somebody took on the application, the first of each; and that they entered it on the unit's behalf, even if the unit took it over."""
    user = person(by)
    if user is None:
        return []
    first = {event.step: event for event in TOOK.all(application.pk, user.pk) if event.step in steps}
    taken = sorted(first.values(), key=attrgetter("id"))
    if application.entry is None or user != application.entry.entered_by:
        return taken
    entered = Event(kind=kind_of(application), thing_id=application.pk, step="enter", at=application.entry.entered_at, actor=user)
    return [entered, *taken]


def may_enter(by: Actor) -> bool:
    """Clerks and officers enter what came in on paper."""
    return holds(by, Office.CLERK, Office.OFFICER)


def concerned(by: Actor, application: Application) -> bool:
    """Nobody reviews their own unit, nor one that names them as its representative or liaison officer."""
    user = person(by)
    if user is None:
        return False
    is_named = user.email in {application.representative_email.lower(), application.contact_email.lower()}
    is_applicant = application.applicant_id == user.pk and not application.is_entered
    return is_applicant or is_named or bool(ACTS.all(application.organisation_id, user.pk))
