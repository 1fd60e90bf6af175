"""Why a table is refused: one sentence each, with its row where there is one."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

MOST_BYTES = 10 * 2**20
WHY = {
    "kind": _("This kind of file is not read: please send .xlsx, .xls or .csv."),
    "macros": _("The file holds macros: please save it as .xlsx without them, and send that."),
    "empty": _("The file is empty."),
    "large": _("The file is too large: at most 10 MB."),
    "mismatch": _("What is in the file is not what its name says: please open it in Excel, save it as .xlsx and send that."),
    "broken": _("The file is damaged or no table: please open it in Excel, save it as .xlsx and send that."),
    "complex": _("The file is too complicated to be read: please copy the table into the template, as values."),
    "bomb": _("The file unpacks to far more than a table should: please copy the table into the template, as values."),
    "foreign": _("Something that does not belong there is attached to the file: please copy the table into the template."),
    "encrypted": _("The file is protected by a password: please remove the protection and send it again."),
    "embedded": _("The file carries another file inside: please copy the table into the template, as values."),
    "outside": _("The file takes in contents from elsewhere: please copy the table into the template, as values."),
    "full": _("There is no room to keep files at the moment: nothing was saved. Please try again later."),
    "rows": _("The table is too long: at most 20,000 rows. Please delete what stands beneath it, or send it in parts."),
    "columns": _("The table is too wide: at most 60 columns. Please delete what stands beside it."),
    "merged": _("Row %(row)d: cells are merged there. Please split them: each row stands for itself."),
    "formula": _("Row %(row)d: a formula stands there. Please paste the table as values."),
    "nul": _("Row %(row)d: characters that cannot be seen. Please type the row in again."),
    "encoding": _("Row %(row)d is neither UTF-8 nor GB18030: please save the file in Excel as “CSV UTF-8” and send that."),
    "mixed": _(
        "Row %(row)d is in another encoding than the rows before it: please open the file in Excel, mend that row and save as “CSV UTF-8”."
    ),
    "csv": _("Row %(row)d cannot be read as CSV: a quotation mark is missing or too much."),
}


def refusal(code: str, **named: Any) -> ValidationError:
    """The refusal to raise, in the reader's language."""
    return ValidationError(WHY.get(code, WHY["broken"]), code=code, params=named)
