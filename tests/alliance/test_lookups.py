"""Rows by very many keys, in one parameter: the same rows that `in` finds, on either database."""

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.db.utils import ConnectionHandler
from django.test.utils import CaptureQueriesContext

from members.models import MemberUnit
from tests import factories


@pytest.mark.parametrize("holder", [list, set, tuple, dict.fromkeys])
def test_among_finds_the_rows_with_these_keys_by_one_parameter(db, holder):
    ours, theirs = [factories.unit() for _ in range(3)], factories.unit()
    with CaptureQueriesContext(connection) as asked:
        found = set(MemberUnit.objects.filter(pk__among=holder(each.pk for each in ours)))
    assert found == {*ours}
    once = "::bigint[]" if connection.vendor == "postgresql" else "json_each("
    assert [each["sql"].count(once) for each in asked] == [1]
    assert [*MemberUnit.objects.filter(organisation__among=holder([theirs.organisation_id]))] == [theirs]
    assert not MemberUnit.objects.filter(pk__among=holder([])).exists()


def test_among_takes_whole_numbers_alone(db):
    with pytest.raises(ValueError, match="invalid literal"):
        MemberUnit.objects.filter(pk__among=["1}'; --"]).exists()


def test_among_finds_the_same_on_the_embedded_database(django_db_blocker):
    lite = ConnectionHandler({"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}})["default"]
    with django_db_blocker.unblock():
        with lite.schema_editor() as editor:
            editor.create_model(ContentType)
        with lite.cursor() as cursor:
            cursor.executemany("INSERT INTO django_content_type VALUES (%s, %s, %s)", [(key, "演示", f"单位{key}") for key in (1, 2, 3)])

        def keys(*among: int) -> list[int]:
            rows = ContentType.objects.filter(pk__among=among).order_by("pk").values_list("pk")
            sql, params = rows.query.get_compiler(connection=lite).as_sql()
            with lite.cursor() as cursor:
                cursor.execute(sql, params)
                return [key for (key,) in cursor.fetchall()]

        assert keys(1, 3) == [1, 3]
        assert keys() == []
