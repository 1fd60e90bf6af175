"""What an organisation is and does: on its application, and afterwards in the register."""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any

from django.core.validators import MinValueValidator
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import get_language, override, pgettext
from django.utils.translation import gettext_lazy as _

from members import regions
from members.amounts import COUNTED_IN, unit_of
from members.choices import ChainPosition, Currency, Direction, Field, Jurisdiction, LegalForm, Ownership, Scale, ServiceKind, UnitType

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

NOT_NEGATIVE = [MinValueValidator(0)]
SEVERAL = {"chain_position": ChainPosition, "specialities": Field, "related_directions": Direction}  # several of a list of words


class Profile(models.Model):
    """The answers that describe a unit (the notice's conditions; common membership forms of alliances). Amounts are in units of 10,000."""

    name = models.CharField(_("name (in full)"), max_length=120, blank=True)
    name_en = models.CharField(_("English name"), max_length=200, blank=True)
    short_name = models.CharField(_("short name"), max_length=30, blank=True)
    jurisdiction = models.CharField(_("place of registration"), max_length=12, choices=Jurisdiction, default=Jurisdiction.MAINLAND)
    reg_no = models.CharField(_("registration number"), max_length=40)
    other_no = models.CharField(_("further number"), max_length=40, blank=True)
    unit_type = models.CharField(_("type of unit"), max_length=20, choices=UnitType, blank=True)
    service_kind = models.CharField(_("kind of service"), max_length=20, choices=ServiceKind, blank=True)
    legal_form = models.CharField(_("legal form"), max_length=16, choices=LegalForm, blank=True)
    ownership = models.CharField(_("ownership"), max_length=10, choices=Ownership, blank=True)
    scale = models.CharField(_("scale"), max_length=10, choices=Scale, blank=True)
    founded_on = models.DateField(_("founded on"), null=True, blank=True)
    registered_capital = models.DecimalField(
        _("registered capital"), max_digits=14, decimal_places=2, null=True, blank=True, validators=NOT_NEGATIVE
    )
    currency = models.CharField(_("currency"), max_length=3, choices=Currency, default=Currency.CNY)
    legal_representative = models.CharField(_("legal representative"), max_length=60, blank=True)
    region = models.CharField(_("region"), max_length=6, choices=regions.CHOICES, blank=True)
    registered_address = models.CharField(_("registered address"), max_length=200, blank=True)
    postal_address = models.CharField(_("postal address"), max_length=200, blank=True)
    postcode = models.CharField(_("postcode"), max_length=10, blank=True)
    website = models.URLField(_("website"), max_length=200, blank=True)

    main_business = models.TextField(_("main business or research"), max_length=500, blank=True)
    chain_position = models.JSONField(_("position on the industry chain"), default=list, blank=True)
    specialities = models.JSONField(_("fields of work"), default=list, blank=True)
    specialities_other = models.CharField(_("other fields of work"), max_length=60, blank=True)
    main_direction = models.CharField(_("main direction"), max_length=16, choices=Direction, blank=True)
    related_directions = models.JSONField(_("related directions"), default=list, blank=True)
    staff_total = models.PositiveIntegerField(_("staff"), null=True, blank=True)
    staff_rd = models.PositiveIntegerField(_("research and development staff"), null=True, blank=True)

    class Meta:
        abstract = True

    several: Mapping[str, Any] = SEVERAL

    def in_words(self, name: str) -> str:
        """One answer as a reader reads it, several in the order of their list; nothing where nothing was answered."""
        value = getattr(self, name)
        if name in self.several:
            words = words_of(self.several[name]) if isinstance(self.several[name], type) else dict(self.several[name].choices)
            return pgettext("list", ", ").join(
                [word for each, word in words.items() if each in value] + [str(each) for each in value if each not in words]
            )
        if isinstance(value, bool):
            return pgettext("answer", "Yes") if value else pgettext("answer", "No")
        if isinstance(value, Decimal):
            return f"{value:,.2f}".rstrip("0").rstrip(".")
        return "" if value is None else words_of(self._meta.get_field(name)).get(value, str(value))

    def with_unit(self, name: str) -> str:
        """The same, a figure with what it is counted in."""
        said, counted_in = self.in_words(name), unit_of(name, COUNTED_IN, self.currency)
        return f"{said} {counted_in}" if said and counted_in else said

    @classmethod
    def label(cls, name: str) -> str:
        """What a field is called."""
        return capfirst(str(cls._meta.get_field(name).verbose_name))


def words_of(listed: Any) -> dict[Any, str]:
    """The words of a field, or of a list of words, in the reader's language."""
    return words_in(listed, get_language())


@cache
def words_in(listed: Any, language: str) -> dict[Any, str]:
    """Put together once: Django would do it anew for every row of a table."""
    with override(language):
        return {value: str(word) for value, word in (listed.choices if isinstance(listed, type) else listed.flatchoices)}


OPTIONAL = {"name_en", "short_name", "other_no", "scale", "postcode", "website", "related_directions", "staff_total", "staff_rd"}
FOR_PROFIT = (UnitType.ENTERPRISE, UnitType.SERVICE_BODY, UnitType.OTHER)
CONCERNS: dict[str, Callable[[Any], bool]] = {
    "service_kind": lambda unit: unit.unit_type == UnitType.SERVICE_BODY,
    "ownership": lambda unit: unit.unit_type in FOR_PROFIT and unit.jurisdiction == Jurisdiction.MAINLAND,
    "scale": lambda unit: unit.unit_type in FOR_PROFIT,
    "other_no": lambda unit: unit.jurisdiction in (Jurisdiction.HONG_KONG, Jurisdiction.MACAO),
    "postcode": lambda unit: unit.jurisdiction in (Jurisdiction.MAINLAND, Jurisdiction.TAIWAN),  # elsewhere there is none
    "specialities_other": lambda unit: Field.OTHER in unit.specialities,
}


def must(name: str, unit: Profile) -> bool:
    """Whether such a unit has to answer `name`, before it joins and as long as it is a member."""
    match name:
        case "registered_capital":
            return unit.unit_type == UnitType.ENTERPRISE
        case "ownership":
            return unit.unit_type == UnitType.ENTERPRISE and unit.jurisdiction == Jurisdiction.MAINLAND
        case _:
            return name not in OPTIONAL and (name not in CONCERNS or CONCERNS[name](unit))


PROFILE = tuple(field.name for field in Profile._meta.local_fields)
DESCRIBES = tuple(name for name in PROFILE if name not in ("jurisdiction", "reg_no"))  # what an application tells the register
