"""The nomination: a unit and its person, put forward for a post."""

import uuid

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from alliance import clock
from council.choices import STANDING, NominationKind, NominationState
from council.models.call import Call
from council.querysets import NominationQuerySet
from members.choices import Direction, Tier
from members.models import MemberUnit, Representative, Resolution, Term


class Nomination(models.Model):
    """A member unit is put forward, by itself or by another unit, for a tier of the council and a direction."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    term = models.ForeignKey(Term, models.PROTECT, related_name="nominations", verbose_name=_("term"))
    call = models.ForeignKey(Call, models.PROTECT, related_name="nominations", verbose_name=_("call for nominations"))
    tier = models.PositiveSmallIntegerField(_("tier"), choices=Tier)
    direction = models.CharField(_("direction"), max_length=16, choices=Direction, blank=True)
    unit = models.ForeignKey(MemberUnit, models.PROTECT, related_name="nominations", verbose_name=_("member unit"))
    person = models.ForeignKey(Representative, models.PROTECT, related_name="nominations", verbose_name=_("person"))
    kind = models.CharField(_("way of nomination"), max_length=12, choices=NominationKind)
    recommender = models.ForeignKey(
        MemberUnit, models.PROTECT, null=True, blank=True, related_name="recommends", verbose_name=_("recommended by")
    )
    reason = models.TextField(_("reasons"), max_length=500)
    birth_year = models.PositiveSmallIntegerField(
        _("year of birth"),
        null=True,
        blank=True,
        help_text=_("Only for a chair or vice-chair, where the charter has an age limit; it is not published."),
    )
    put_forward_by = models.ForeignKey(
        Resolution,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="put_forward",
        verbose_name=_("put forward by resolution"),
    )
    place = models.PositiveSmallIntegerField(_("place on the list"), null=True, blank=True, editable=False)
    state = models.CharField(_("state"), max_length=12, choices=NominationState, default=NominationState.NOMINATED)
    nominated_at = models.DateTimeField(_("nominated at"), default=clock.now)

    objects = NominationQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("nomination"), _("nominations")
        ordering = ["tier", "direction", "unit__number"]
        constraints = [
            models.UniqueConstraint(fields=["call", "tier", "direction", "place"], name="a_place_on_a_list_is_taken_once"),
            models.CheckConstraint(
                condition=Q(birth_year=None) | Q(birth_year__gte=1900, birth_year__lte=2100),
                name="a_year_of_birth_has_four_digits",
                violation_error_message=_("A year of birth has four digits, such as 1968."),
            ),
            models.UniqueConstraint(
                fields=["call", "unit", "tier", "direction"], condition=Q(state__in=STANDING), name="a_unit_is_nominated_once_for_a_post"
            ),
            models.CheckConstraint(
                condition=Q(kind=NominationKind.SELF, recommender=None) | Q(kind=NominationKind.RECOMMENDED, recommender__isnull=False),
                name="a_recommendation_names_who_recommends",
                violation_error_message=_("A recommendation names the unit that recommends."),
            ),
            models.CheckConstraint(
                condition=Q(recommender=None) | ~Q(recommender=F("unit")),
                name="nobody_recommends_itself",
                violation_error_message=_("A unit does not recommend itself: leave the recommender empty."),
            ),
            models.CheckConstraint(
                condition=Q(tier=Tier.CHAIR, direction="") | (~Q(tier=Tier.CHAIR) & ~Q(direction="")),
                name="only_the_chair_has_no_direction",
                violation_error_message=_("The chair has no direction; every other post has one."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit.organisation.name} · {self.get_tier_display()}"

    def clean(self) -> None:
        refuse_minor(self.birth_year)


OF_AGE = 18


def refuse_minor(birth_year: int | None) -> None:
    """Whoever stands for a unit is of age (Civil Code, articles 17 and 18)."""
    if birth_year is not None and birth_year > clock.today().year - OF_AGE:
        raise ValidationError({"birth_year": _("Whoever stands is of age: please check the year of birth.")})
