"""For which organisation? An application claims the one under its number; it names its host, and who represents it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from alliance.workflow import Refused
from applications import joining
from applications.models.answers import is_hosted
from members.choices import Jurisdiction, LegalForm
from members.identifiers import normalise
from members.models import Organisation
from members.models.colleague import Role

if TYPE_CHECKING:
    from django.db.models import Model

    from applications.models import Application

NOT_FROM_HERE = _(
    "An application under this number cannot be submitted from this account. If a colleague has already begun one, please ask them; otherwise please ask the alliance."
)
INTRODUCES = ("name", "name_en", "short_name", "unit_type", "service_kind", "legal_form", "region", "main_direction")


def claim(application: Application, by: Model) -> Organisation:
    """The organisation under the typed number: a new one, owned by who submits; or one that they act for already.

    That no other application is open under it, a constraint says.
    """
    described = {name: getattr(application, name) for name in INTRODUCES}
    organisation, is_new = Organisation.objects.get_or_create(
        jurisdiction=application.jurisdiction, reg_no=application.reg_no, defaults=described
    )
    if application.is_entered:
        refuse_member(organisation)  # who applies is the unit, on paper: nobody of the office acts for it
    elif is_new or is_only_a_host(organisation) or is_only_listed(organisation):
        joining.become_colleagues(application, organisation, by)
    elif not organisation.colleagues.filter(user=by, until=None).exclude(role=Role.FILLS_IN).exists():
        raise Refused(NOT_FROM_HERE)
    else:
        refuse_member(organisation)
    return organisation


def refuse_member(organisation: Organisation) -> None:
    if organisation.memberships.running().exists():
        raise Refused(NOT_FROM_HERE)


def is_only_a_host(organisation: Organisation) -> bool:
    """Known by nothing but that an alliance named it as its host: nobody acts for it yet, and it has never belonged."""
    return organisation.hosted.exists() and not organisation.colleagues.exists() and not organisation.memberships.exists()


def is_only_listed(organisation: Organisation) -> bool:
    """Known from a table of the office alone: nobody acts for it or has applied for it, and it has never belonged."""
    return not (organisation.colleagues.exists() or organisation.applications.exists() or organisation.memberships.exists())


def host_of(application: Application) -> Organisation | None:
    """The legal person that signs for an alliance by contract; known from now on, if it was not."""
    if not is_hosted(application):
        return None
    named = {"name": application.host_name, "legal_form": LegalForm.LEGAL_PERSON}
    return Organisation.objects.get_or_create(jurisdiction=Jurisdiction.MAINLAND, reg_no=normalise(application.host_no), defaults=named)[0]


def person_with(email: str, application: Application) -> Model | None:
    """The colleague who is the proposed representative, if their account has the representative's address."""
    colleague = application.organisation.colleagues.filter(user__email__iexact=email, until=None).select_related("user").first()
    return colleague and colleague.user
