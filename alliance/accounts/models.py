"""The user."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from alliance import clock
from alliance.accounts.choices import SECRETARIAT, Office

if TYPE_CHECKING:
    from collections.abc import Iterable


class UserManager(BaseUserManager["User"]):
    def of_offices(self, offices: Iterable[str]) -> models.QuerySet[User]:
        """Whoever holds one of `offices`, each once."""
        return self.filter(groups__name__in=offices, is_active=True).distinct()

    def create_user(self, email: str, password: str | None = None, **fields: object) -> User:
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save()
        return user

    def get_by_natural_key(self, email: str | None) -> User:
        return self.get(email__iexact=email)


class User(AbstractBaseUser, PermissionsMixin):
    """A person who signs in with an e-mail address. One who leaves is deactivated, never deleted under the records."""

    email = models.EmailField(
        _("e-mail"), max_length=254, unique=True, error_messages={"unique": _("There is an account with this address already.")}
    )
    name = models.CharField(_("name"), max_length=60)
    mobile = models.CharField(_("mobile number"), max_length=16, null=True, blank=True, unique=True)
    mobile_confirmed_at = models.DateTimeField(_("mobile number confirmed at"), null=True, blank=True, editable=False)
    language = models.CharField(_("language of letters"), max_length=10, default="zh-hans")
    is_active = models.BooleanField(_("active"), default=True, help_text=_("A person who leaves is deactivated, never deleted."))
    joined_at = models.DateTimeField(_("joined at"), default=clock.now, editable=False)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    objects = UserManager()

    class Meta:
        verbose_name, verbose_name_plural = _("account"), _("accounts")
        constraints = [models.UniqueConstraint(Lower("email"), name="one_account_an_address")]

    def __str__(self) -> str:
        return self.name or self.email

    def get_full_name(self) -> str:
        return self.name

    @cached_property
    def offices(self) -> frozenset[str]:
        """The offices this person holds; everything else a person is follows from rows of the apps."""
        return frozenset(self.groups.values_list("name", flat=True)) & frozenset(Office.values)

    def holds(self, *offices: str) -> bool:
        return self.is_active and not self.offices.isdisjoint(offices)

    @property
    def is_staff(self) -> bool:
        """Whether the admin opens: for whoever holds an office."""
        return bool(self.offices)

    @property
    def is_secretariat(self) -> bool:
        return self.holds(*SECRETARIAT)


class IssuedCode(models.Model):
    """A one-time code that an officer hands over where no channel reaches the person. It stands here only as a hash."""

    user = models.ForeignKey(User, models.PROTECT, related_name="issued_codes", verbose_name=_("account"))
    code = models.CharField(_("hash of the code"), max_length=128, editable=False)
    issued_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("issued by"))
    issued_at = models.DateTimeField(_("issued at"), default=clock.now)
    handed_over = models.CharField(_("how it was handed over"), max_length=200)
    tries = models.PositiveSmallIntegerField(_("wrong tries"), default=0)
    ended_at = models.DateTimeField(_("used or withdrawn at"), null=True)

    class Meta:
        verbose_name, verbose_name_plural = _("one-time code"), _("one-time codes")
        constraints = [models.UniqueConstraint(fields=["user"], condition=Q(ended_at=None), name="an_account_has_one_code_at_a_time")]

    def __str__(self) -> str:
        return f"{self.user} · {self.issued_at:%Y-%m-%d}"


class SavedView(models.Model):
    """How somebody likes to look at a board: its filters and columns, under a name of theirs; without a name, what they see at first."""

    user = models.ForeignKey(User, models.PROTECT, related_name="saved_views", verbose_name=_("account"))
    board = models.CharField(_("board"), max_length=40)
    name = models.CharField(_("name"), max_length=40, blank=True)
    query = models.CharField(_("filters"), max_length=500, blank=True)
    columns = models.JSONField(_("columns"), default=list)

    class Meta:
        verbose_name, verbose_name_plural = _("saved view"), _("saved views")
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["user", "board", "name"], name="a_view_of_a_board_has_its_name_once")]

    def __str__(self) -> str:
        return self.name or self.board
