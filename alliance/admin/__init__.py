"""The admin's ways: who sees a list is declared, and what can happen to a thing is its workflow, as buttons."""

from alliance.admin import accounts, records  # noqa: F401 — Django looks for what an app registers here
from alliance.admin.kept import HistoryAdmin
from alliance.admin.office import OfficeAdmin, OfficeInline
from alliance.admin.workflow import WorkflowAdmin

__all__ = ["HistoryAdmin", "OfficeAdmin", "OfficeInline", "WorkflowAdmin"]
