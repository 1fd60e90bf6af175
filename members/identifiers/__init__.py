"""Registration numbers: how they are written, what each is, whether it can be one, and what it suggests about its unit.

Mainland: the Unified Social Credit Code of GB 32100-2015, with the organisation code of GB 11714 inside and a division of GB/T 2260.
Taiwan: the Unified Business Number, by the rule in force since 2023-04-01. Hong Kong and Macao: the form only; their numbers have no
published check digit. Nothing here looks at a database: what is said of a number is the same whoever asks, and whether we know it or not.
"""

from members.identifiers.checking import check, check_uscc, kind_of
from members.identifiers.codes import ALPHABET, organisation_check, uscc_check
from members.identifiers.suggesting import Suggestion, describe, standing_of
from members.identifiers.writing import normalise, recognition_number

__all__ = [
    "ALPHABET",
    "Suggestion",
    "check",
    "check_uscc",
    "describe",
    "kind_of",
    "normalise",
    "organisation_check",
    "recognition_number",
    "standing_of",
    "uscc_check",
]
