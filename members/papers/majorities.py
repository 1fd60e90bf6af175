"""How papers say what is counted and what suffices: in official Chinese. 以上 includes the number itself, 过半数 and 超过 do not (Civil Code, article 1259)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from members.choices import Assembly, Base

if TYPE_CHECKING:
    from members.models import Passing

BASES = {Base.ELIGIBLE: "应到", Base.PRESENT: "实到", Base.VALID: "有效票"}
HALF = (1, 2)


def counted(assembly: str) -> str:
    """What is counted at a meeting: units, or persons."""
    return "家" if assembly in (Assembly.MEMBERS, Assembly.COUNCIL) else "人"


def fraction(rule: Passing) -> str:
    """2/3以上, 半数以上, 过半数, 超过2/3."""
    if (rule.rule_numerator, rule.rule_denominator) == HALF:
        return "半数以上" if rule.rule_inclusive else "过半数"
    share = f"{rule.rule_numerator}/{rule.rule_denominator}"
    return f"{share}以上" if rule.rule_inclusive else f"超过{share}"


def majority(rule: Passing) -> str:
    """实到的2/3以上: of what it is taken, too."""
    return f"{BASES[Base(rule.rule_base)]}的{fraction(rule)}"
