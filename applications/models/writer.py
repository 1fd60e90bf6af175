"""Who writes an application together, before there is an organisation whose colleagues they are; and how others come in."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from alliance import clock
from applications.choices import InvitationState, JoinState
from applications.models.application import Application
from applications.querysets import InvitationQuerySet, JoinRequestQuerySet, WriterQuerySet
from members.choices import Jurisdiction
from members.models import Organisation
from members.models.colleague import Role


class Writer(models.Model):
    """A person who works on a draft, since when, until when. At submission the running ones become the organisation's colleagues."""

    application = models.ForeignKey(Application, models.PROTECT, related_name="writers", verbose_name=_("application"))
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="writer_of", verbose_name=_("account"))
    role = models.CharField(_("role"), max_length=10, choices=Role)
    department = models.CharField(_("participating department"), max_length=60, blank=True)
    since = models.DateTimeField(_("since"), default=clock.now)
    until = models.DateTimeField(_("until"), null=True, blank=True)

    objects = WriterQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("writer of a draft"), _("writers of drafts")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["application", "user"], condition=Q(until=None), name="a_writer_has_one_role_at_a_time"),
            models.CheckConstraint(condition=Q(until=None) | Q(until__gte=F("since")), name="a_writer_ends_after_beginning"),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.application}"


class Invitation(models.Model):
    """A colleague asked, by their e-mail address, to work on an application, or to act for an organisation. Whoever has confirmed that address may take it: no secret link is needed."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    application = models.ForeignKey(
        Application, models.PROTECT, null=True, blank=True, related_name="invitations", verbose_name=_("application")
    )
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="invitations", verbose_name=_("organisation")
    )
    email = models.EmailField(_("e-mail"))
    role = models.CharField(_("role"), max_length=10, choices=Role, default=Role.FILLS_IN)
    department = models.CharField(_("participating department"), max_length=60, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=InvitationState, default=InvitationState.OPEN)
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("invited by"))
    invited_at = models.DateTimeField(_("invited at"), default=clock.now)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("answered by")
    )
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True)

    STANDS = timedelta(days=30)  # how long it can be taken

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("invitation"), _("invitations")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["application", "email"], condition=Q(state=InvitationState.OPEN), name="one_open_invitation_an_address"
            ),
            models.UniqueConstraint(
                fields=["organisation", "email"],
                condition=Q(state=InvitationState.OPEN, organisation__isnull=False),
                name="one_open_invitation_of_a_unit_an_address",
            ),
            models.CheckConstraint(
                condition=Q(application__isnull=False, organisation=None) | Q(application=None, organisation__isnull=False),
                name="an_invitation_is_to_one_thing",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.email} · {self.thing}"

    @property
    def thing(self) -> Application | Organisation:
        """What it invites to."""
        return self.application or self.organisation

    @property
    def ends_at(self) -> datetime:
        """Until when it can be taken."""
        return self.invited_at + self.STANDS


class JoinRequest(models.Model):
    """Somebody typed a number that is known already, and asks to be let in: by its owner, or by the clerk where it has none.

    The request is written whatever the number is known for, and the person who asked is not told which.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    jurisdiction = models.CharField(_("place of registration"), max_length=12, choices=Jurisdiction)
    reg_no = models.CharField(_("registration number"), max_length=40)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="join_requests", verbose_name=_("organisation")
    )
    application = models.ForeignKey(
        Application, models.PROTECT, null=True, blank=True, related_name="join_requests", verbose_name=_("application")
    )
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="join_requests", verbose_name=_("who asks"))
    department = models.CharField(_("participating department"), max_length=60, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=JoinState, default=JoinState.ASKED)
    asked_at = models.DateTimeField(_("asked at"), default=clock.now)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("decided by")
    )
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    reason = models.CharField(_("reason, or the sealed letter it rests on"), max_length=300, blank=True)

    objects = JoinRequestQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("request to join"), _("requests to join")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "jurisdiction", "reg_no"], condition=Q(state=JoinState.ASKED), name="one_open_request_a_person_and_number"
            ),
            models.CheckConstraint(
                condition=Q(organisation__isnull=False) | Q(application__isnull=False), name="a_request_is_about_something_known"
            ),
            models.CheckConstraint(
                condition=Q(state=JoinState.ASKED, decided_at=None) | (~Q(state=JoinState.ASKED) & Q(decided_at__isnull=False)),
                name="a_request_is_decided_or_asked",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.reg_no}"

    def acting(self) -> models.QuerySet:
        """Who acts today for what is asked for: the organisation's colleagues, or the writers of the draft."""
        if self.organisation:
            return self.organisation.colleagues.filter(until=None)
        return Writer.objects.running().filter(application=self.application)

    @property
    def decided_on(self) -> str:
        """The path of the page on which its owner decides: the member unit's, or that of the application."""
        unit = self.organisation and self.organisation.memberships.running().first()
        if unit:
            return reverse("myunit:people", args=[unit.number])
        thing = self.application or Application.objects.filter(organisation=self.organisation).order_by("id").last()
        return reverse("applications:colleagues", args=[thing.uuid]) if thing else reverse("unit")
