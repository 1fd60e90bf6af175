"""What a number says about its unit, with the name where one is given: suggested, never decided."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from members import regions
from members.choices import Jurisdiction, LegalForm, NumberKind, Standing, UnitType
from members.identifiers.checking import check_form, kind_of, stop
from members.identifiers.codes import organisation_check

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as Promise

COUNTRY, GUANGDONG = "100000", "44"  # what the State registers; the province
PLACES = {Jurisdiction.HONG_KONG: "810000", Jurisdiction.MACAO: "820000", Jurisdiction.TAIWAN: "710000"}
STANDINGS = {
    NumberKind.CN_USCC: Standing.CHECKED,
    NumberKind.TW_UBN: Standing.FORMAT,  # one of five random numbers passes its check
    NumberKind.HK_BRN: Standing.FORMAT,
}


@dataclass(frozen=True)
class Suggestion:
    """What a number says. Empty: it does not say. `warnings` and `stop` are sentences for the reader."""

    kind: NumberKind
    level: Standing
    unit_type: str = ""
    legal_form: str = ""
    region: str = ""
    warnings: tuple[str | Promise, ...] = ()
    stop: str | Promise | None = None

    @property
    def answers(self) -> dict[str, str]:
        """What may be filled in where nothing is answered yet, by the name of the field."""
        said = {"unit_type": self.unit_type, "legal_form": self.legal_form, "region": self.region}
        return {name: value for name, value in said.items() if value}


class Pair(NamedTuple):
    """What the first two characters say (GB 32100-2015, table 1). `by_name`: the name may make it a university, an institute, an alliance."""

    unit_type: str = ""
    legal_form: str = ""
    warning: str | Promise | None = None
    by_name: bool = False


ASK = _("The certificate will be looked at by hand: units of this register are not always legal persons, or not called by the notice.")
LAW_FIRM = _("Law firms are usually not legal persons. Only legal persons may join.")
PRIVATE = _(
    "Most units of this register are legal persons; older ones may be run by one person or by partners. Please see the certificate."
)
LEGAL = LegalForm.LEGAL_PERSON
PAIRS = {
    "11": Pair("", LEGAL, ASK),
    "12": Pair(UnitType.PUBLIC_INSTITUTION, LEGAL, by_name=True),
    **dict.fromkeys(("13", "19"), Pair(UnitType.OTHER, "", ASK)),
    "31": Pair(UnitType.SERVICE_BODY, "", LAW_FIRM),
    **dict.fromkeys(("32", "33", "34", "35", "39"), Pair(UnitType.SERVICE_BODY, "", ASK)),
    "51": Pair(UnitType.SERVICE_BODY, LEGAL, by_name=True),
    "52": Pair(UnitType.SERVICE_BODY, "", PRIVATE, by_name=True),
    "53": Pair(UnitType.SERVICE_BODY, LEGAL),
    **dict.fromkeys(("81", "89"), Pair(UnitType.OTHER, "", ASK)),
    "91": Pair(UnitType.ENTERPRISE),  # a company by its name; partnerships, sole proprietorships and branches are 91 as well
    "92": Pair(),  # stops
    "93": Pair(UnitType.ENTERPRISE, LEGAL),
    **dict.fromkeys(("A1", "A9"), Pair(UnitType.PUBLIC_INSTITUTION, "", ASK, by_name=True)),
    **dict.fromkeys(("N1", "N2", "N3", "N9"), Pair("", "", ASK)),
    "Y1": Pair(UnitType.OTHER, "", ASK),
}
MISSIONS = "2467"  # foreign affairs, culture, tourism, religion: looked at by hand
BRANCH = _("The name says branch or office. Only legal persons may join: the legal person behind it applies.")
PARTNERSHIP = _("The name says partnership. A partnership is not a legal person; a partner or host that is one applies.")
FUND = _(
    "The name says limited partnership fund. Such a fund is not a legal person; its general partner or another legal person behind it applies."
)
SOLE = _("The name says sole proprietorship, which is not a legal person. Only legal persons may join.")
FIRM = _(
    "Firms and businesses of this name are often partnerships or individual businesses, which are not legal persons. Please see the certificate."
)
HINTS = (
    (r"分公司|[办辦]事[处處]|分支[机機][构構]", LegalForm.BRANCH, BRANCH),
    (r"有限合[伙夥]基金|LIMITED PARTNERSHIP FUND|(?<![A-Z])LPF(?![A-Z])", LegalForm.UNINCORPORATED, FUND),
    (r"(有限|普通)合[伙夥](?!人)|\(合[伙夥]\)|合[伙夥]企[业業]|(LIMITED|GENERAL) PARTNERSHIP", LegalForm.UNINCORPORATED, PARTNERSHIP),
    (r"[个個]人[独獨][资資]", LegalForm.UNINCORPORATED, SOLE),
    (r"事[务務]所|[经經][营營]部", "", FIRM),
)
COMPANY = re.compile(r"(公司|\bLIMITED|\bLTD\.?|\bLIMITADA|\bLDA\.?|\bINC\.?)$")
UNIVERSITY = re.compile(r"大[学學]|[学學]院|高等[专專]科|[职職][业業]技[术術]|UNIVERSITY|COLLEGE")
INSTITUTE = re.compile(r"研究院|研究所|[实實][验驗]室|科[学學]院|技[术術]中心|RESEARCH INSTITUTE|LABORATORY")
ALLIANCE = re.compile(r"[联聯]盟")


def describe(jurisdiction: str, number: str, name: str = "", *, region: str = "") -> Suggestion:
    """What a normalised number suggests about the unit called `name`; a `region` that differs from the register's is warned of.

    Raises a ValidationError where the number cannot be one of `jurisdiction`. One that is not a legal person's comes back with `stop`.
    """
    check_form(jurisdiction, number)
    kind, called = kind_of(jurisdiction, number), plain(name)
    unit_type, legal_form, place, warnings = of_code(number, called) if kind == NumberKind.CN_USCC else of_words(jurisdiction, kind, called)
    hint_form, hint = next(((form, sentence) for pattern, form, sentence in HINTS if says(pattern, called)), ("", None))
    if not legal_form:
        legal_form = hint_form if hint else LEGAL if COMPANY.search(called) else ""
    if region and place and region != place:
        sentence = _("The number was given in {place}. Please check the region; it may differ where the unit sits elsewhere.")
        warnings = [*warnings, format_lazy(sentence, place=regions.REGIONS[place])]
    return Suggestion(
        kind=kind,
        level=standing_of(kind),
        unit_type=unit_type,
        legal_form=legal_form,
        region=place,
        warnings=tuple([*warnings, hint] if hint else warnings),
        stop=stop(jurisdiction, number),
    )


def standing_of(kind: NumberKind) -> Standing:
    """How much a number of this kind says for itself."""
    return STANDINGS.get(kind, Standing.BY_HAND)


def plain(name: str) -> str:
    """A name for looking at: half width, upper case, single spaces."""
    return " ".join(unicodedata.normalize("NFKC", name).upper().split())


def says(pattern: str, called: str) -> bool:
    """Whether a name bears a hint; a company that calls itself a firm is a company all the same."""
    found = re.search(pattern, called)
    return bool(found) and not (pattern == HINTS[-1][0] and COMPANY.search(called))


def of_code(code: str, called: str) -> tuple[str, str, str, list]:
    """What a credit code says: the first two characters, the division, and the organisation code inside."""
    pair = PAIRS.get(code[:2])
    place, warnings = place_of(code[2:8])
    if pair is None:
        pair = Pair(warning=ASK)
        if code[0] not in MISSIONS:
            warnings.append(_("The first two characters are of no register that we know. Please compare the code with the certificate."))
    if pair.warning:
        warnings.append(pair.warning)
    if organisation_check(code[8:16]) != code[16]:
        warnings.append(
            _(
                "Characters 9 to 17 do not pass the check of an organisation code of their own. Please compare the code with the certificate."
            )
        )
    return by_name(pair, called, code[:2]), pair.legal_form, place, warnings


def by_name(pair: Pair, called: str, first_two: str) -> str:
    """The type of unit; where the register leaves it to the name, nothing is said without one."""
    if not pair.by_name:
        return pair.unit_type
    if first_two == "51":
        return (UnitType.ALLIANCE if ALLIANCE.search(called) else pair.unit_type) if called else ""
    return (scholarly(called) or pair.unit_type) if called else ""


def scholarly(called: str) -> str:
    """A university or an institute, by name. An academy of sciences is an institute, though its name ends like a college's."""
    if INSTITUTE.search(called) and not re.search(r"大[学學]", called):
        return UnitType.INSTITUTE
    return UnitType.UNIVERSITY if UNIVERSITY.search(called) else ""


def place_of(division: str) -> tuple[str, list]:
    """The region of a GB/T 2260 division: Guangdong's city, or another province. It names who registered, not where the unit sits."""
    city, province = f"{division[:4]}00", f"{division[:2]}0000"
    if city in regions.GUANGDONG:
        return city, []
    if province in regions.PROVINCES:
        return province, []
    if division == COUNTRY or city == f"{GUANGDONG}0000":
        return "", []
    return "", [_("The division in characters 3 to 8 is not in the list. Please compare the code with the certificate.")]


def of_words(jurisdiction: str, kind: NumberKind, called: str) -> tuple[str, str, str, list]:
    """What a number without register and division says: little more than its place; the rest is the name's."""
    place = PLACES.get(Jurisdiction(jurisdiction), "")
    if kind == NumberKind.CN_RECOGNITION:
        return UnitType.ALLIANCE, "", place, [_("An alliance without legal personality applies through its host unit.")]
    return (UnitType.ENTERPRISE if COMPANY.search(called) else scholarly(called)), "", place, []
