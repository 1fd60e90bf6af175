"""Recommenders confirm with a code what an application says in their name: asked for by the applicant, answered without an account."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext_lazy as _

from alliance import clock
from alliance.history.canonical import digest
from alliance.history.record import record
from alliance.workflow import Actor, Refused, Workflow
from applications import notices, rules
from applications.choices import OPEN, RecommendationState, State
from applications.models import Application, Recommendation
from applications.models.behalf import ALPHABET
from applications.models.recommendation import digest_of_code
from members.models import Organisation
from members.regions import BUREAUX

if TYPE_CHECKING:
    from alliance.accounts.models import User

recommendations = Workflow(RecommendationState)
ASKED = RecommendationState.ASKED
NOTHING_TO_CONFIRM = _("Please name the recommending unit and write its opinion in the form first.")
ENDED = _("The application has ended, or was withdrawn: there is nothing to confirm any more.")
TOO_LATE = _("This code has run out. The unit can send you a new one.")
SPENT = _("Five wrong codes: this one has ended. The unit can send you a new one.")
SETTLED = _("The application is with the office meanwhile: the opinion stands as it was submitted. Please confirm it as it is, or decline.")


@transaction.atomic
def ask(application: Application, email: str, *, by: User) -> Recommendation:
    """The recommender gets a letter with a link and a code; a request that was open ends."""
    application = held(application)
    if not application.is_editable:
        raise Refused(_("The application has been submitted meanwhile: nothing was changed."), thing=application)
    if not (application.awaits_recommender and application.recommender_opinion):
        raise Refused(NOTHING_TO_CONFIRM, thing=application)
    for former in application.recommendations.open():
        take_back(former, by=by)
    known = Organisation.objects.under_name(application.recommender).first()
    bureau = next((code for code, name in BUREAUX.items() if name == application.recommender), "")
    asked = Recommendation(application=application, email=email, asked_by=by, organisation=known, bureau=bureau)
    asked.recommender, asked.seat_wanted, asked.opinion = application.recommended
    code = asked.renew()
    asked.save()
    record(application, "ask_recommender", by=by, inputs={"recommendation": asked.pk})
    notices.recommender_asked(asked, code)
    return asked


def held(application: Application) -> Application:
    return Application.objects.select_for_update(of=("self",)).select_related("batch", "applicant").get(pk=application.pk)


@transaction.atomic
def opens(recommendation: Recommendation, typed: str) -> bool:
    """Whether the code is right. A wrong one is counted, and the fifth ends the code."""
    fresh = Recommendation.objects.select_for_update().get(pk=recommendation.pk)
    code = "".join(letter for letter in typed.upper() if letter in ALPHABET)
    if not fresh.is_open:
        return False
    if constant_time_compare(fresh.code_digest, digest_of_code(code)):
        return True
    fresh.tries += 1
    fresh.code_digest = "" if fresh.tries >= Recommendation.TRIES else fresh.code_digest
    fresh.save(update_fields=["tries", "code_digest"])
    recommendation.__dict__.update(fresh.__dict__)
    return False


def hold_application(recommendation: Recommendation) -> None:
    """The application first, then what asks about it."""
    held(recommendation.application)


@recommendations.step(
    _("Confirm the recommendation"), ASKED, to=RecommendationState.CONFIRMED, allow=rules.is_recommender, tone="go", lock=hold_application
)
def confirm(recommendation: Recommendation, *, by: Actor, words: str, name: str, post: str) -> None:
    """The recommender stands by the opinion, as it was typed or in words of its own; then the paper counts as there."""
    application = still_open(recommendation)
    if words != recommendation.opinion:
        reword(application, words)
        recommendation.opinion = words
    recommendation.name, recommendation.post, recommendation.answered_at, recommendation.code_digest = name, post, clock.now(), ""
    recommendation.digest = digest(recommendation.contents())
    record(application, "recommended", by=by, inputs={"recommendation": recommendation.pk})
    notices.recommended(recommendation)


@recommendations.step(
    _("Decline to recommend"), ASKED, to=RecommendationState.DECLINED, allow=rules.is_recommender, tone="stop", lock=hold_application
)
def decline(recommendation: Recommendation, *, by: Actor) -> None:
    """The recommender does not stand by it; the applicant is told."""
    application = still_open(recommendation)
    recommendation.answered_at, recommendation.code_digest = clock.now(), ""
    record(application, "not_recommended", by=by, inputs={"recommendation": recommendation.pk})
    notices.not_recommended(recommendation)


@recommendations.step(_("Take the request back"), ASKED, to=RecommendationState.REVOKED, allow=rules.may_ask_recommender)
def take_back(recommendation: Recommendation, *, by: Actor) -> None:
    """The code ends; what was confirmed before stands."""
    recommendation.code_digest = ""


def still_open(recommendation: Recommendation) -> Application:
    """The application, as it is now; raises where the code has run out or there is nothing to recommend any more."""
    application = Application.objects.select_related("batch", "applicant").get(pk=recommendation.application_id)
    recommendation.application = application
    if not recommendation.code_holds:
        raise Refused(TOO_LATE, thing=recommendation)
    if application.state not in (State.DRAFT, *OPEN):
        raise Refused(ENDED, thing=recommendation)
    return application


def reword(application: Application, words: str) -> None:
    """The recommender's own words take the place of those typed for it, while the answer is open."""
    asked = application.asked_for
    is_closed = asked and asked.places and "recommender_opinion" not in {place["field"] for place in asked.places}
    if not application.is_editable or is_closed:
        raise Refused(SETTLED, thing=application)
    application.recommender_opinion, application.saved_at = words, clock.now()
    application.touched = application.touched | {"recommender_opinion": [None, clock.now().isoformat()]}
    application.save(update_fields=["recommender_opinion", "saved_at", "touched"])
