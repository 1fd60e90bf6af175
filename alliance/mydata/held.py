"""What is held on a person, by their account or by an address that they have confirmed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db.models import Count, Max, Min, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from alliance.accounts.choices import Office
from alliance.files.models import StoredFile
from alliance.history.models import Event
from alliance.letters.models import Letter
from alliance.mydata.group import Group, asking, of_address
from applications.models import (
    Application,
    Assignment,
    Conflict,
    Consent,
    Enquiry,
    Invitation,
    JoinRequest,
    Note,
    Objection,
    Prospect,
    Recommendation,
    Writer,
)
from council.models import Candidate, Nomination
from members.models import (
    Attendance,
    BodyTenure,
    ChangeRequest,
    Colleague,
    Confirmation,
    Contact,
    Expert,
    NameConsent,
    Representative,
    RequestedChange,
    Resignation,
)
from members.models.demand import REPRESENTATIVE

if TYPE_CHECKING:
    from collections.abc import Callable

    from alliance.accounts.models import User


def account(user: User, addresses: list[str]) -> Group:
    offices = " · ".join(str(Office(office).label) for office in sorted(user.offices))
    row = {
        "name": user.name,
        "email": user.email,
        "confirmed": " · ".join(addresses),
        "mobile": user.mobile,
        "language": dict(settings.LANGUAGES)[user.language],
    }
    branches = " · ".join(str(post.branch) for post in user.branch_posts.running().select_related("branch"))
    row |= {"offices": offices, "branches": branches, "joined_at": user.joined_at, "last_login": user.last_login}
    labels = {
        "name": _("name"),
        "email": _("e-mail"),
        "confirmed": _("addresses"),
        "mobile": _("mobile number"),
        "language": _("language of letters"),
    }
    labels |= {
        "offices": _("offices"),
        "branches": _("branches of my office"),
        "joined_at": _("joined at"),
        "last_login": _("last signed in"),
    }
    return Group(
        "account", _("Account"), _("You gave it when you signed up."), _("To let you in, and to write to you."),
        _("As long as you have the account; afterwards it is locked, and your name stays beside the steps you took."), labels, [row],
        (_("My account"), reverse("account_me")),
    )  # fmt: skip


def acts_for(user: User, addresses: list[str]) -> Group:
    rows = [
        {
            "what": each.organisation.name,
            "role": each.get_role_display(),
            "department": each.department,
            "since": each.since,
            "until": each.until,
        }
        for each in Colleague.objects.filter(user=user).select_related("organisation").order_by("id")
    ]
    rows += [
        {
            "what": str(each.application),
            "role": each.get_role_display(),
            "department": each.department,
            "since": each.since,
            "until": each.until,
        }
        for each in Writer.objects.filter(user=user).select_related("application").order_by("id")
    ]
    labels = {
        "what": _("organisation or draft"),
        "role": _("role"),
        "department": _("participating department"),
        "since": _("since"),
        "until": _("until"),
    }
    return Group(
        "acts_for", _("Whom I act for"), _("You began an application, or a colleague let you in."), _("To know who may fill in and submit."),
        _("With the application or the membership: membership and three years."), labels, rows, (_("My applications"), reverse("applications:list")),
    )  # fmt: skip


NAMED = (("representative", _("Proposed representative")), ("contact", _("Liaison officer")))


def named(user: User, addresses: list[str]) -> Group:
    by_address = of_address("representative_email", addresses) | of_address("contact_email", addresses)
    applications = Application.objects.filter(by_address).select_related("applicant").order_by("id")
    known = {address.lower() for address in addresses}
    rows = [
        {"where": f"{each.number or ''} {each}".strip(), "role": word, **{name: getattr(each, f"{role}_{name}") for name in ("name", "post", "phone", "email")}, "by": each.applicant.name, "at": each.submitted_at}
        for each in applications
        for role, word in NAMED
        if getattr(each, f"{role}_email").lower() in known
    ]  # fmt: skip
    rows += [
        {
            "where": str(each.unit),
            "role": _("Member representative"),
            "name": each.name,
            "post": each.post,
            "since": each.since,
            "until": each.until,
        }
        for each in Representative.objects.filter(user=user).select_related("unit__organisation").order_by("id")
    ]
    rows += [
        {
            "where": str(_("Expert committee")),
            "role": _("Expert"),
            "name": each.name,
            "post": each.post,
            "email": each.email,
            "phone": each.mobile,
            "since": each.listed_on,
        }
        for each in Expert.objects.filter(Q(user=user) | of_address("email", addresses)).order_by("id")
    ]
    rows += [
        {
            "where": str(each.body),
            "role": each.title,
            "name": each.named,
            "since": each.begins_on,
            "until": each.ended_on,
            "named_on": each.consented_on,
        }
        for each in BodyTenure.objects.about(user).order_by("id")
    ]
    rows += [
        {
            "where": str(each.application),
            "role": _("Recommender"),
            "name": each.name,
            "post": each.post,
            "email": each.email,
            "at": each.asked_at,
        }
        for each in Recommendation.objects.filter(of_address("email", addresses)).select_related("application").order_by("id")
    ]
    rows += [
        {
            "where": str(each.organisation),
            "role": _("Contact named by a list"),
            "name": each.liaison or each.representative,
            "email": each.email,
        }
        for each in Contact.objects.filter(of_address("email", addresses)).select_related("organisation").order_by("id")
    ]
    rows += [
        {
            "where": each.name,
            "role": _("Contact in the source pool"),
            "name": each.contact_name,
            "phone": each.contact_phone,
            "email": each.contact_email,
            "at": each.invited_at,
        }
        for each in Prospect.objects.filter(of_address("contact_email", addresses)).order_by("id")
    ]
    labels = {
        "where": _("where"),
        "role": _("as what"),
        "name": _("name"),
        "post": _("post"),
        "phone": _("telephone"),
        "email": _("e-mail"),
        "by": _("named by"),
        "at": _("submitted at"),
        "since": _("since"),
        "until": _("until"),
        "named_on": _("agreed to be named in public on"),
    }
    return Group(
        "named", _("Where I am named"), _("Whoever applied named you, and confirmed that you know and agree."), _("To reach the unit, and to know who speaks for it."),
        _("A draft that nobody touches for 180 days is emptied of it. Rejected or withdrawn: two years. Members: membership and three years."), labels, rows,
        (_("Ask for a correction"), asking("named")),
    )  # fmt: skip


def nominations(user: User, addresses: list[str]) -> Group:
    rows = [
        {
            "post": each.get_tier_display(),
            "unit": str(each.unit),
            "birth_year": each.birth_year or "",
            "state": each.get_state_display(),
        }
        for each in Nomination.objects.filter(person__user=user).select_related("unit__organisation").order_by("id")
    ]
    labels = {"post": _("post"), "unit": _("member unit"), "birth_year": _("year of birth"), "state": _("state")}
    return Group("nominations", _("Nominations to the council"), _("A member unit nominated you."), _("To hold the election."), _("Term of office and five years."), labels, rows)  # fmt: skip


def candidacies(user: User, addresses: list[str]) -> Group:
    """In which elections a person stood, and as whom the ballot had them; a ballot's names stay with its result."""
    stood = Candidate.objects.filter(Q(representative__user=user) | Q(expert__user=user)).select_related(
        "contest__meeting__term", "contest__body"
    )
    rows = [
        {"post": str(each.contest), "meeting": str(each.contest.meeting), "called": each.called, "state": each.contest.get_state_display()}
        for each in stood.order_by("id")
    ]
    labels = {"post": _("post"), "meeting": _("meeting"), "called": _("on the ballot"), "state": _("state")}
    return Group("candidacies", _("Elections in which I stood"), _("You were nominated, or the meeting put you forward."), _("To hold the election, and to prove its result."), _("For good: results of elections are kept in the archive."), labels, rows)  # fmt: skip


def consents(user: User, addresses: list[str]) -> Group:
    rows = [
        {"to": each.text.get_declaration_display(), "version": each.text.version, "language": each.text.get_language_display(), "application": str(each.application), "at": each.at, "address": each.address}
        for each in Consent.objects.filter(by=user).select_related("text", "application").order_by("id")
    ]  # fmt: skip
    rows += [
        {
            "to": _("My name on the unit's public page"),
            "version": each.version,
            "language": each.get_language_display(),
            "application": str(each.representative.unit),
            "at": each.at,
            "taken_back_at": each.taken_back_at,
        }
        for each in NameConsent.objects.filter(by=user).select_related("representative__unit__organisation").order_by("id")
    ]
    labels = {
        "to": _("agreed to"),
        "version": _("version of the text"),
        "language": _("language"),
        "application": _("application or unit"),
        "at": _("at"),
        "taken_back_at": _("taken back at"),
        "address": _("network address"),
    }
    return Group(
        "consents", _("What I agreed to"), _("You ticked it in the form."), _("To prove which text was agreed to, and when."),
        _("As long as the application or the membership it belongs to."), labels, rows, (_("Withdraw a consent"), asking("withdraw")),
    )  # fmt: skip


def enquiries(user: User, addresses: list[str]) -> Group:
    mine = Enquiry.objects.filter(Q(asked_by=user) | Q(asked_by=None) & of_address("email", addresses)).order_by("id")
    rows = [
        {"topic": each.get_topic_display(), "words": each.words, "asked_at": each.asked_at, "state": each.get_state_display(), "due_at": each.due_at, "link": each.get_absolute_url()}
        for each in mine
    ]  # fmt: skip
    labels = {
        "topic": _("topic"),
        "words": _("question"),
        "asked_at": _("asked at"),
        "state": _("state"),
        "due_at": _("to be answered by"),
        "link": _("page"),
    }
    return Group("enquiries", _("Enquiries"), _("You asked."), _("To answer you."), _("Two years after the last word."), labels, rows, (_("Enquiries"), reverse("enquiries")))  # fmt: skip


def objections(user: User, addresses: list[str]) -> Group:
    """What somebody objected to in a public notice period, by the address they left."""
    rows = [
        {"what": str(each.application), "name": each.name, "words": each.words, "received_on": each.received_on, "result": each.get_examined_display(), "finding": each.finding}
        for each in Objection.objects.filter(of_address("email", addresses)).select_related("application").order_by("id")
    ]  # fmt: skip
    labels = {
        "what": _("the unit that is objected to"),
        "name": _("objector, by real name"),
        "words": _("objection"),
        "received_on": _("received on"),
        "result": _("result"),
        "finding": _("what the examination found"),
    }
    return Group(
        "objections", _("Objections"), _("You gave it, in writing."), _("To examine it, and to tell you the result. Nobody of the unit reads it."),
        _("As long as the decision it was about."), labels, rows,
    )  # fmt: skip


def reviews(user: User, addresses: list[str]) -> Group:
    """What an expert was given to review; the application is named only while they may see it."""
    expert = Expert.objects.filter(user=user).select_related("user", "organisation").first()
    seen = {*Application.objects.for_expert(expert).values_list("pk", flat=True)} if expert else set()
    mine = Assignment.objects.filter(expert=expert).exclude(state="proposed") if expert else Assignment.objects.none()
    rows = [
        {"what": str(each.batch), "number": each.application.number if each.application_id in seen else "–", "state": each.get_state_display(), "at": each.assigned_at, "due_at": each.due_at, "handed_in_at": getattr(getattr(each, "review", None), "handed_in_at", None)}
        for each in mine.select_related("batch", "application", "review").order_by("id")
    ]  # fmt: skip
    rows += [
        {"what": str(each._meta.verbose_name), "state": each.get_kind_display(), "at": each.noted_at, "until": each.ended_at}
        for each in (Conflict.objects.filter(expert=expert).order_by("id") if expert else ())
    ]
    labels = {
        "what": _("what"),
        "number": _("application number"),
        "state": _("state"),
        "at": _("at"),
        "due_at": _("due"),
        "handed_in_at": _("handed in at"),
        "until": _("until"),
    }
    return Group(
        "reviews", _("Reviews as an expert, and conflicts of interest"), _("The office gave you applications to review; you or the office noted a conflict of interest."),
        _("To hold the expert review, and to keep whoever has an interest out of it."), _("As long as the batch it belongs to."), labels, rows, *([(_("Experts' room"), reverse("reviews"))] if expert else []),
    )  # fmt: skip


def letters(user: User, addresses: list[str]) -> Group:
    rows = [
        {"subject": each.subject, "to": each.to, "way": each.get_way_display(), "at": each.written_at}
        for each in Letter.objects.filter(Q(recipient=user) | of_address("to", addresses)).defer("body").order_by("-id")
    ]
    labels = {"subject": _("subject"), "to": _("to"), "way": _("way"), "at": _("written at")}
    return Group(
        "letters", _("Letters"), _("The office wrote to you."), _("To show that you were told, and when."), _("As long as what they are about."), labels, rows,
        (_("My letters"), reverse("letters:list")),
    )  # fmt: skip


def invitations(user: User, addresses: list[str]) -> Group:
    rows = [
        {"what": str(each.thing), "as": _("Invited"), "state": each.get_state_display(), "at": each.invited_at}
        for each in Invitation.objects.filter(of_address("email", addresses)).select_related("application", "organisation").order_by("id")
    ]
    rows += [
        {"what": each.reg_no, "as": _("Asked to join"), "state": each.get_state_display(), "at": each.asked_at}
        for each in JoinRequest.objects.filter(user=user).order_by("id")
    ]
    labels = {"what": _("application or number"), "as": _("as what"), "state": _("state"), "at": _("at")}
    return Group("invitations", _("Invitations and requests to join"), _("A colleague invited you, or you asked to be let in."), _("To let colleagues work together."), _("With the application."), labels, rows)  # fmt: skip


def calls(user: User, addresses: list[str]) -> Group:
    """That the office noted a call with somebody, by their confirmed number; what it noted for itself is asked for in an enquiry."""
    mine = Note.objects.with_number(user.mobile) if user.mobile and user.mobile_confirmed_at else Note.objects.none()
    rows = [{"what": str(each.application), "name": each.whom, "phone": each.telephone, "at": each.at} for each in mine]
    labels = {"what": _("application"), "name": _("name"), "phone": _("telephone"), "at": _("noted at")}
    return Group(
        "calls", _("Telephone calls that the office noted"), _("You telephoned with the office, and somebody noted it."), _("To know what was said about an application."),
        _("With the application."), labels, rows, (_("Ask for an explanation"), asking("explain")),
    )  # fmt: skip


def files(user: User, addresses: list[str]) -> Group:
    rows = [
        {"title": each.title, "size": each.size, "at": each.uploaded_at}
        for each in StoredFile.objects.filter(uploaded_by=user).order_by("id")
    ]
    labels = {"title": _("name of the file"), "size": _("bytes"), "at": _("uploaded at")}
    return Group(
        "files",
        _("Files I uploaded"),
        _("You uploaded them."),
        _("They are the papers of an application."),
        _("With the application."),
        labels,
        rows,
    )


def steps(user: User, addresses: list[str]) -> Group:
    """How many, not which: each stands in the record of the thing it was taken on."""
    counted = Event.objects.filter(actor=user).aggregate(count=Count("pk"), first=Min("at"), last=Max("at"))
    labels = {"count": _("number of steps"), "first": _("first"), "last": _("last")}
    return Group(
        "history", _("Steps I took"), _("The portal noted each step when you took it."), _("To be able to say who did what, and when."),
        _("They are kept: the record of decisions is never rewritten. It holds no text of yours, only who, what and when."), labels, [counted],
    )  # fmt: skip


def for_units(user: User, addresses: list[str]) -> Group:
    """What somebody asked for, confirmed or gave notice of in the name of a unit; and where another unit's request names them."""
    made = ChangeRequest.objects.filter(made_by=user).select_related("unit__organisation").order_by("id")
    rows = [{"what": str(each.unit), "as": each._meta.verbose_name, "state": each.get_state_display(), "at": each.made_at} for each in made]
    confirmed = Confirmation.objects.filter(confirmed_by=user).select_related("unit__organisation", "campaign").order_by("id")
    rows += [{"what": str(each.unit), "as": str(each.campaign), "state": each.get_state_display(), "at": each.confirmed_at} for each in confirmed]  # fmt: skip
    given = Resignation.objects.filter(given_by=user).select_related("unit__organisation").order_by("id")
    rows += [{"what": str(each.unit), "as": each._meta.verbose_name, "state": each.get_state_display(), "at": each.given_at} for each in given]  # fmt: skip
    named = RequestedChange.objects.filter(field=REPRESENTATIVE, new__email__in=addresses).select_related("request__unit__organisation")
    rows += [
        {"what": str(each.request.unit), "as": _("Proposed representative"), "state": each.get_answer_display(), "at": each.request.made_at}
        for each in named.order_by("id")
    ]
    labels = {"what": _("member unit"), "as": _("as what"), "state": _("state"), "at": _("at")}
    return Group(
        "for_units", _("What I asked for in the name of a unit"), _("You asked for it, or your unit named you."), _("To keep the register right, and to show who changed it."),
        _("With the membership: membership and three years."), labels, rows,
    )  # fmt: skip


def meetings(user: User, addresses: list[str]) -> Group:
    """Meetings at which somebody casts a vote, as whose representative or proxy, and whether they came."""
    lines = Attendance.objects.of(user).select_related("meeting__term", "unit__organisation").prefetch_related("proxies").order_by("id")
    rows = [{"what": str(each.meeting), "for": each.name, "as": each.person, "at": each.signed_in_at} for each in lines]
    labels = {"what": _("meeting"), "for": _("on the roll"), "as": _("name"), "at": _("signed in at")}
    return Group(
        "meetings", _("Meetings"), _("Your unit or the alliance named you."), _("To hold the meeting, and to show that it had its quorum."),
        _("Term of office and five years."), labels, rows,
    )  # fmt: skip


GROUPS: tuple[Callable[[User, list[str]], Group], ...] = (
    account, acts_for, named, nominations, candidacies, reviews, consents, enquiries, objections, letters, invitations, calls, meetings, for_units, files, steps,
)  # fmt: skip


def held_on(user: User) -> list[Group]:
    """Every group that concerns `user`, by account or by an address that they have confirmed; empty ones too: nothing is an answer."""
    addresses = [
        user.email,
        *EmailAddress.objects.filter(user=user, verified=True).exclude(email=user.email).values_list("email", flat=True),
    ]
    return [each(user, addresses) for each in GROUPS]
