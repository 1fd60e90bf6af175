"""Tables that a migration makes together: the same ones, and every model drawn once."""

import pytest
from django.db import connection, migrations, models
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ModelState, ProjectState

from alliance.history.postgresql import frozen
from alliance.tables import Together


def table(name: str, **fields: models.Field) -> migrations.CreateModel:
    return migrations.CreateModel(name, [("id", models.BigAutoField(primary_key=True)), *fields.items()])


def shelf_and_books() -> list[migrations.CreateModel]:
    """Each is tied to the others, and the shelf names what only follows."""
    book = models.ForeignKey("library.Book", models.CASCADE, null=True)
    return [
        table("Shelf", newest=book),
        table("Book", shelf=models.ForeignKey("library.Shelf", models.CASCADE)),
        *(table(f"Loan{n}", book=models.ForeignKey("library.Book", models.CASCADE)) for n in range(3)),
    ]


def apply(operation: Operation, before: ProjectState) -> ProjectState:
    """As a migration does."""
    after = before.clone()
    operation.state_forwards("library", after)
    with connection.schema_editor() as editor:
        operation.database_forwards("library", editor, before, after)
    return after


def ours() -> set[str]:
    return {name for name in connection.introspection.table_names() if name.startswith("library_")}


@pytest.fixture
def drawn(monkeypatch) -> list[str]:
    """The models that were drawn, each time they were."""
    names, draw = [], ModelState.render
    monkeypatch.setattr(ModelState, "render", lambda state, apps: names.append(state.name) or draw(state, apps))
    return names


@pytest.mark.django_db(transaction=True)
def test_tables_made_together_are_those_made_one_by_one_and_go_again_together(drawn):
    singly = ProjectState()
    for each in shelf_and_books():
        each.state_forwards("library", singly)
    together, before = Together(shelf_and_books()), ProjectState()
    assert before.apps is not None  # drawn beforehand, as by a migration that came earlier
    after = apply(together, before)
    try:
        assert after == singly
        assert ours() == {"library_shelf", "library_book", "library_loan0", "library_loan1", "library_loan2"}
        assert sorted(drawn) == ["Book", "Loan0", "Loan1", "Loan2", "Shelf"]
    finally:
        with connection.schema_editor() as editor:
            together.database_backwards("library", editor, after, before)
    assert not ours()


@pytest.mark.django_db(transaction=True)
def test_one_by_one_models_would_be_drawn_again_and_again(drawn):
    """The twin: what making them together is for."""
    state = ProjectState()
    assert state.apps is not None
    tables = [table("Book"), *shelf_and_books()[2:]]
    try:
        for each in tables:
            state = apply(each, state)
        assert len(drawn) > len(tables)
    finally:
        with connection.schema_editor() as editor:
            for each in reversed(tables):
                each.database_backwards("library", editor, state, ProjectState())


@pytest.mark.django_db(transaction=True)
def test_what_only_postgresql_promises_draws_no_model(drawn):
    state = ProjectState()
    Together(shelf_and_books()).state_forwards("library", state)
    with connection.schema_editor(collect_sql=True) as editor:
        frozen("library_book").database_forwards("library", editor, state, state.clone())
    assert drawn == []
    assert any("CREATE TRIGGER" in sql for sql in editor.collected_sql) == (connection.vendor == "postgresql")
