"""What a member unit would like to do in the alliance, as it said when it applied or since."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from alliance import clock
from members.choices import WishKind, WishState
from members.models.body import Body
from members.models.unit import MemberUnit
from members.querysets import WishQuerySet


class Wish(models.Model):
    """One unit, one body, one wish: to join a branch or working group, or to host a branch or the secretariat. It is accepted or declined, with words, unless the unit withdraws it."""

    unit = models.ForeignKey(MemberUnit, models.PROTECT, related_name="wishes", verbose_name=_("member unit"))
    body = models.ForeignKey(Body, models.PROTECT, related_name="wishes", verbose_name=Body._meta.verbose_name)
    kind = models.CharField(_("wish"), max_length=6, choices=WishKind)
    state = models.CharField(_("state"), max_length=10, choices=WishState, default=WishState.OPEN)
    made_at = models.DateTimeField(_("wished at"), default=clock.now)
    words = models.TextField(_("words to the unit"), max_length=1000, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("decided by")
    )
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)

    objects = WishQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("wish"), _("wishes")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "body", "kind"], condition=Q(state=WishState.OPEN), name="a_unit_has_an_open_wish_once"
            ),
            models.CheckConstraint(
                condition=Q(state=WishState.OPEN, decided_at=None)
                | (~Q(state=WishState.OPEN) & Q(decided_at__isnull=False, decided_by__isnull=False)),
                name="who_decides_a_wish_says_when",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit.organisation.brief} · {self.get_kind_display()} · {self.body}"
