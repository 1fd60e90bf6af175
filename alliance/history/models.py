"""Events, and the seals that chain them."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from alliance import clock

TIMETABLE = "timetable"  # how the timetable signs what it does: it acts as itself, without a user
PUBLIC = "public"  # how somebody without an account signs: whoever asked, and holds the address of the question


def kind_of(thing: models.Model) -> str:
    """What sort of thing this is, in the words of the app registry: "applications.application"."""
    return thing._meta.label_lower


class EventQuerySet(models.QuerySet["Event"]):
    def of(self, thing: models.Model) -> EventQuerySet:
        """What happened to `thing`, oldest first."""
        return self.filter(kind=kind_of(thing), thing_id=thing.pk).order_by("id")

    def of_kind(self, model: type[models.Model]) -> EventQuerySet:
        """What happened to things of this kind."""
        return self.filter(kind=model._meta.label_lower)

    def taken_by(self, user: models.Model) -> EventQuerySet:
        return self.filter(actor=user)

    def steps(self, *names: str) -> EventQuerySet:
        return self.filter(step__in=names)

    def unsealed(self) -> EventQuerySet:
        return self.filter(seal=None).order_by("id")


class Event(models.Model):
    """A step somebody took. Holds ids, codes and digests, never personal text; written once, never changed."""

    at = models.DateTimeField(_("at"), default=clock.now)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("actor"))
    acting_as = models.CharField(_("acting as"), max_length=20, blank=True)
    kind = models.CharField(_("kind of thing"), max_length=60)
    thing_id = models.BigIntegerField(_("thing"))
    step = models.CharField(_("step"), max_length=60)
    before = models.CharField(_("state before"), max_length=30, blank=True)
    after = models.CharField(_("state after"), max_length=30, blank=True)
    details = models.JSONField(_("details"), default=dict)

    objects = EventQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("event"), _("events")
        indexes = [models.Index(fields=["kind", "thing_id", "id"], name="event_of_thing")]
        constraints = [
            models.CheckConstraint(
                condition=Q(actor__isnull=False, acting_as="") | Q(actor=None, acting_as__in=[TIMETABLE, PUBLIC]),
                name="an_event_has_one_actor",
            ),
        ]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"

    def contents(self) -> dict[str, object]:
        """What the seal covers."""
        return {
            "id": self.pk,
            "at": self.at.isoformat(),
            "actor": self.actor_id,
            "acting_as": self.acting_as,
            "kind": self.kind,
            "thing": self.thing_id,
            "step": self.step,
            "before": self.before,
            "after": self.after,
            "details": self.details,
        }


class Seal(models.Model):
    """One link of the chain: the digest of an event and of the seal before it."""

    position = models.PositiveBigIntegerField(primary_key=True)
    event = models.OneToOneField(Event, models.PROTECT, related_name="seal")
    digest = models.CharField(max_length=64)

    class Meta:
        verbose_name, verbose_name_plural = _("seal"), _("seals")

    def __str__(self) -> str:
        return f"{self.position}: {self.digest[:12]}"
