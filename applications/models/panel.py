"""A panel: the experts of a batch in one session, with its leader, who records the group's opinion on each application."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from alliance import clock
from applications.choices import Advice
from applications.models.application import Application
from applications.models.batch import Batch
from members.models import Expert


class Panel(models.Model):
    """The session in which the experts of a batch sit together. Sheets of their own may stand beside its opinions."""

    batch = models.OneToOneField(Batch, models.PROTECT, related_name="panel", verbose_name=_("batch"))
    leader = models.ForeignKey(Expert, models.PROTECT, related_name="panels_led", verbose_name=_("panel leader"))
    held_on = models.DateField(_("held on"))

    class Meta:
        verbose_name, verbose_name_plural = _("panel session"), _("panel sessions")
        ordering = ["-held_on", "-id"]

    def __str__(self) -> str:
        return f"{self.batch} · {self.leader.name}"


class GroupOpinion(models.Model):
    """What the panel as a whole says of one application: recorded by its leader, or by the office from the minutes."""

    panel = models.ForeignKey(Panel, models.PROTECT, related_name="opinions", verbose_name=_("panel session"))
    application = models.ForeignKey(Application, models.PROTECT, related_name="group_opinions", verbose_name=_("application"))
    advice = models.CharField(_("advice"), max_length=10, choices=Advice)
    opinion = models.TextField(_("group opinion"), max_length=2000)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("recorded by"))
    recorded_at = models.DateTimeField(_("recorded at"), default=clock.now)

    class Meta:
        verbose_name, verbose_name_plural = _("group opinion"), _("group opinions")
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["panel", "application"], name="a_panel_says_one_thing_of_an_application")]

    def __str__(self) -> str:
        return f"{self.application} · {self.get_advice_display()}"
