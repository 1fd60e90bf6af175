"""Who keeps what the register holds."""

from __future__ import annotations

from alliance.accounts.choices import SECRETARIAT, Office
from alliance.admin import HistoryAdmin, OfficeAdmin

KEEPERS = (Office.OFFICER, Office.SECRETARY)


class KeptWithHistory(HistoryAdmin, OfficeAdmin):
    """Seen by the secretariat, kept by officers and the secretary-general."""

    seen_by, kept_by = SECRETARIAT, KEEPERS
