"""The bodies of the alliance: council, expert committee, secretariat, branches, working groups."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from alliance.history.fields import kept_history
from alliance.text import as_read
from members import regions
from members.choices import BodyKind
from members.querysets import BodyQuerySet

ONLY_ONE = (BodyKind.COUNCIL, BodyKind.EXPERTS, BodyKind.SECRETARIAT)


class Body(models.Model):
    """A body that the alliance has, or plans while it has no first day. A branch is part of the alliance and has no legal personality."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(_("kind"), max_length=16, choices=BodyKind)
    name = models.CharField(pgettext_lazy("of a body", "name"), max_length=60)
    name_hant = models.CharField(_("name in traditional characters"), max_length=60, blank=True)
    name_en = models.CharField(_("English name"), max_length=120, blank=True)
    region = models.CharField(_("region"), max_length=6, choices=regions.CHOICES, blank=True)
    tasks = models.TextField(_("tasks"), max_length=1000, blank=True)
    tasks_hant = models.TextField(_("tasks in traditional characters"), max_length=1000, blank=True)
    tasks_en = models.TextField(_("tasks in English"), max_length=2000, blank=True)
    established_on = models.DateField(_("established on"), null=True, blank=True)
    dissolved_on = models.DateField(_("dissolved on"), null=True, blank=True)
    is_public = models.BooleanField(
        _("has a public page"),
        default=False,
        help_text=_("What it does, its host units and members; persons only where they agreed to be named."),
    )
    history = kept_history()

    objects = BodyQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = pgettext_lazy("of the alliance", "body"), _("bodies")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["name"], name="a_body_has_a_name_of_its_own"),
            models.UniqueConstraint(
                fields=["kind"],
                condition=Q(kind__in=ONLY_ONE),
                name="one_council_one_committee_one_secretariat",
                violation_error_message=_("There is one council, one expert committee and one secretariat."),
            ),
            models.CheckConstraint(
                condition=~Q(kind=BodyKind.BRANCH) | ~Q(region=""),
                name="a_branch_has_a_region",
                violation_error_message=_("A branch is somewhere: please choose its region."),
            ),
            models.CheckConstraint(
                condition=Q(dissolved_on=None) | Q(established_on__isnull=False, dissolved_on__gte=F("established_on")),
                name="a_body_is_dissolved_after_it_was_established",
                violation_error_message=_("A body is established before it is dissolved."),
            ),
        ]

    def __str__(self) -> str:
        return self.called

    def get_absolute_url(self) -> str:
        return reverse("body", args=[self.uuid])

    @property
    def called(self) -> str:
        """Its name in the reader's language, as far as the office has written it."""
        return as_read(self.name, self.name_hant, self.name_en)

    @property
    def does(self) -> str:
        """Its tasks in the reader's language, likewise."""
        return as_read(self.tasks, self.tasks_hant, self.tasks_en)


class Groups:
    """The branches and working groups that a unit may have in mind, as a list of words: kept by their keys, read from the rows."""

    @property
    def choices(self) -> list[tuple[str, str]]:
        return [(str(body.uuid), body.called) for body in Body.objects.to_join()]


GROUPS = Groups()
