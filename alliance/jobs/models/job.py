"""Long work as rows: how far it is, whether somebody works on it, and what was skipped and why."""

from __future__ import annotations

import uuid
from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from alliance import clock

SILENT = timedelta(minutes=2)  # a job without a sign of life for so long is taken up again


class State(models.TextChoices):
    WAITING = "waiting", _("Waiting")
    RUNNING = "running", _("Running")
    FINISHED = "finished", _("Finished")
    STOPPED = "stopped", _("Stopped")


class JobQuerySet(models.QuerySet["Job"]):
    def unattended(self) -> JobQuerySet:
        """Waiting, or in the hands of a worker that has fallen silent; oldest first."""
        silent = Q(state=State.RUNNING, beat_at__lt=clock.now() - SILENT)
        return self.filter(Q(state=State.WAITING) | silent).order_by("id")

    def unfinished(self) -> JobQuerySet:
        return self.filter(state__in=[State.WAITING, State.RUNNING])


class Job(models.Model):
    """The same work on many things, one after the other. `position` moves with each one's own transaction, so none is done twice."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    work = models.CharField(_("work"), max_length=60)
    things = models.JSONField(_("on which"), default=list)  # their ids, in order
    inputs = models.JSONField(_("inputs"), default=dict)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="jobs", verbose_name=_("started by"))
    label = models.CharField(_("what"), max_length=200)
    back = models.CharField(_("back to"), max_length=300, blank=True)  # the path of the page that started it
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.WAITING)
    total = models.PositiveIntegerField(_("of how many"))
    position = models.PositiveIntegerField(_("how many"), default=0)
    runner = models.UUIDField(_("worker"), null=True, editable=False)
    asked_at = models.DateTimeField(_("asked for at"), default=clock.now)
    beat_at = models.DateTimeField(_("last sign of life"), null=True)
    finished_at = models.DateTimeField(_("finished at"), null=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("long work"), _("long work")
        ordering = ["-id"]
        indexes = [models.Index(fields=["id"], condition=Q(state__in=["waiting", "running"]), name="jobs_that_are_not_finished")]
        constraints = [models.CheckConstraint(condition=Q(position__lte=F("total")), name="a_job_does_no_more_than_was_asked")]

    def __str__(self) -> str:
        return self.label

    def get_absolute_url(self) -> str:
        return reverse("job", args=[self.uuid])

    @property
    def is_finished(self) -> bool:
        return self.state in (State.FINISHED, State.STOPPED)

    @property
    def percent(self) -> int:
        """How far it is, 0 to 100."""
        return 100 * self.position // self.total if self.total else 100

    @property
    def then(self) -> str:
        """Where to go on, once it has been looked at what would happen; the path of a page that takes its number."""
        return self.inputs.get("then", "") if self.state == State.FINISHED else ""

    @property
    def result(self) -> str:
        """Where what was made lies, once it is finished; a path."""
        return self.inputs.get("result", "") if self.state == State.FINISHED else ""

    @property
    def of(self) -> int:
        """Of how many things: without the steps that only put together what was made of them."""
        return self.total - self.inputs.get("besides", 0)

    @property
    def done(self) -> int:
        return min(self.position, self.of)

    @property
    def progress(self) -> str:
        """How far it is, in words: how many papers are ready, where its steps are none; else how many things of how many."""
        if (papers := self.inputs.get("papers")) is not None:
            return ngettext("%(count)d paper ready", "%(count)d papers ready", papers) % {"count": papers}
        return _("%(done)s of %(total)s") % {"done": self.done, "total": self.of}

    @property
    def left(self) -> int:
        """How many were not passed over."""
        return self.total - self.skipped.count()

    @property
    def is_silent(self) -> bool:
        """Whether nobody has worked on it for a while: the sweep takes it up again."""
        return self.state == State.RUNNING and (self.beat_at or self.asked_at) < clock.now() - SILENT


class Skipped(models.Model):
    """One thing that a job passed over, and why; what it did with the others stays done."""

    job = models.ForeignKey(Job, models.PROTECT, related_name="skipped", verbose_name=_("long work"))
    thing_id = models.BigIntegerField(_("which"))
    thing = models.CharField(_("what"), max_length=200)
    why = models.CharField(_("why"), max_length=500)

    class Meta:
        verbose_name, verbose_name_plural = _("skipped"), _("skipped")
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["job", "thing_id"], name="a_job_skips_a_thing_once")]

    def __str__(self) -> str:
        return f"{self.thing}: {self.why}"
