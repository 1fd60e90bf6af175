"""How a migration makes many tables at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.migrations.operations.base import Operation, OperationCategory

if TYPE_CHECKING:
    from django.db.backends.base.schema import BaseDatabaseSchemaEditor
    from django.db.migrations.operations import CreateModel
    from django.db.migrations.state import ProjectState


class Together(Operation):
    """Tables made in one go. One by one, Django draws every model that is tied to a new one again, which here is all of them, each time."""

    category = OperationCategory.ADDITION

    def __init__(self, tables: list[CreateModel]) -> None:
        """In the order in which they are made; a table may name one that follows."""
        self.tables = tables

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        return type(self).__qualname__, [self.tables], {}

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        state.__dict__.pop("apps", None)  # drawn again when somebody asks, with all of them
        for table in self.tables:
            table.state_forwards(app_label, state)

    def database_forwards(self, app_label: str, editor: BaseDatabaseSchemaEditor, before: ProjectState, after: ProjectState) -> None:
        for table in self.tables:
            table.database_forwards(app_label, editor, before, after)

    def database_backwards(self, app_label: str, editor: BaseDatabaseSchemaEditor, before: ProjectState, after: ProjectState) -> None:
        for table in reversed(self.tables):
            table.database_backwards(app_label, editor, before, after)

    def describe(self) -> str:
        return f"Create {len(self.tables)} models together"
