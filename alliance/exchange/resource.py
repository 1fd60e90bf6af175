"""A register as django-import-export sees it: columns under Chinese heads, matched by a key, compared in memory and written by the thousand."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import connection
from django.utils import translation
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from import_export import fields, resources, widgets
from import_export.instance_loaders import BaseInstanceLoader

from alliance import clock
from alliance.exchange.models import Outcome

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from django.db.models import Model
    from tablib import Dataset

AT_ONCE = 1000
STEP = "import"


class Plain(widgets.Widget):
    """A text as it was typed."""

    def clean(self, value: str, row: Any = None, **kwargs: Any) -> str:
        return value

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return str(value or "")


class Words(widgets.Widget):
    """One of a list of words: read by its word in any language, or by its code; written by its Chinese word."""

    def __init__(self, choices: Any) -> None:
        super().__init__()
        self.choices = choices
        self.said: dict[str, dict[str, str]] = {}  # by language

    @cached_property
    def known(self) -> dict[str, str]:
        """Every word, in every language, and every code."""
        found = {folded(value): value for value, _word in flat(self.choices)}
        for language, _name in settings.LANGUAGES:
            with translation.override(language):
                found |= {folded(str(word)): value for value, word in flat(self.choices)}
        return found

    def clean(self, value: str, row: Any = None, **kwargs: Any) -> str:
        if (code := self.known.get(value) or self.known.get(folded(value))) is None:
            raise ValueError(_("not one of the words to choose from: %(typed)s") % {"typed": value[:40]})
        return code

    def render(self, value: str, obj: Any = None, **kwargs: Any) -> str:
        language = translation.get_language()
        if language not in self.said:
            self.said[language] = {code: str(word) for code, word in flat(self.choices)}
        return self.said[language].get(value, value or "")


class Day(widgets.Widget):
    """A day as 2012-05-30, 2012/5/30 or 2012年5月30日."""

    def clean(self, value: str, row: Any = None, **kwargs: Any) -> Any:
        parts = value.replace("年", "-").replace("月", "-").replace("日", "").replace("/", "-").replace(".", "-").split("-")
        try:
            return date(*map(int, parts))
        except (TypeError, ValueError):
            raise ValueError(_("not a day such as 2012-05-30: %(typed)s") % {"typed": value[:40]}) from None

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return value.isoformat() if value else ""


class Column(fields.Field):
    """A column of a register. An empty cell leaves what is there; a column that is a must is never empty."""

    def __init__(self, head: str, attribute: str, widget: Any = None, *, must: bool = False) -> None:
        super().__init__(attribute=attribute, column_name=head, widget=widget or Plain())
        self.must = must

    def save(self, instance: Any, row: Mapping[str, str], is_m2m: bool = False, **kwargs: Any) -> None:  # noqa: FBT001, FBT002 — the library's signature
        if row[self.column_name]:
            setattr(instance, self.attribute, self.widget.clean(row[self.column_name], row))
        elif self.must:
            raise ValueError(_("is missing"))


def flat(choices: Any) -> list[tuple[str, Any]]:
    pairs = getattr(choices, "choices", choices)
    return [pair for value, word in pairs for pair in (word if isinstance(word, list) else [(value, word)])]


def folded(word: str) -> str:
    return "".join(word.split()).casefold()


def shown(column: Column, *values: Any) -> list[str]:
    """The head of a column, what stands there, and what would."""
    return [column.column_name, *(str(column.widget.render(value) or "") for value in values)]


@dataclass
class Found:
    """What came of a line: its outcome, and the differences as (head, before, after), or the reasons against it."""

    outcome: str
    said: list[Any] = field(default_factory=list)


class ByKey(BaseInstanceLoader):
    """Every row of the register that the table names, fetched by the thousand."""

    def __init__(self, resource: Register, dataset: Dataset) -> None:
        super().__init__(resource, dataset)
        self.known = resource.fetch({resource.key_of(row) for row in dataset.dict})

    def get_instance(self, row: Mapping[str, str]) -> Model | None:
        return self.known.get(self.resource.key_of(row))


class Bulk:
    """Meta of every register: states and ids have no column, and nothing is written row by row."""

    instance_loader_class = ByKey
    import_id_fields = ()
    use_bulk = True
    batch_size = AT_ONCE
    skip_diff = True  # what differs is found here, without a copy of every row and without the library's coloured page
    report_skipped = False


class Register(resources.ModelResource):
    """One noun of the register, taken in by `by`. An heir names its columns, its key and where its rows are."""

    kept: ClassVar[frozenset[str]]  # the attributes that are fields of the noun itself, and so of its history
    title: ClassVar[str]

    def __init__(self, *, by: Model | None = None, is_locked: bool = False) -> None:
        super().__init__()
        self.by, self.is_locked = by, is_locked
        self.outcomes: dict[int, Found] = {}
        self.differing: list[tuple[Column, Any, Any]] = []

    @cached_property
    def typed(self) -> list[Any]:
        """The fields of the noun that columns set."""
        attributes = {column.attribute for column in self.fields.values()}
        return [field for field in self._meta.model._meta.fields if field.name in attributes and not field.is_relation]

    def get_import_fields(self) -> list[Column]:
        """Asked for three times a row."""
        if not hasattr(self, "in_order"):
            self.in_order = [self.fields[name] for name in self._meta.fields]
        return self.in_order

    # ── an heir says ──

    def key_of(self, row: Mapping[str, str]) -> Any:
        raise NotImplementedError

    def fetch(self, keys: set[Any]) -> dict[Any, Model]:
        raise NotImplementedError

    def name_of(self, typed: Mapping[str, str]) -> str:
        """What a line is called where it is shown."""
        raise NotImplementedError

    def comes_after(self, typed: Mapping[str, str]) -> int:
        """Lines that rest on others of the same table come after them."""
        return 0

    def write_beside(self, instances: Sequence[Model]) -> None:
        """What belongs to an instance and stands in a table of its own."""

    # ── the library asks ──

    def _check_import_id_fields(self, headers: Any) -> None:
        """The key is made of columns, and checked row by row."""

    def get_instance(self, instance_loader: ByKey, row: Mapping[str, str]) -> Model | None:
        return instance_loader.get_instance(row)

    def import_instance(self, instance: Any, row: Mapping[str, str], **kwargs: Any) -> None:
        """Each column that the table has; what is wrong with any of them is told together."""
        errors = {}
        for column in self.get_import_fields():
            if column.column_name in row:
                try:
                    column.save(instance, row)
                except ValueError as wrong:
                    errors[column.attribute] = ValidationError(str(wrong), code="invalid")
        if errors:
            raise ValidationError(errors)

    def after_init_instance(self, instance: Any, new: bool, row: Any, **kwargs: Any) -> None:  # noqa: FBT001 — the library's signature
        self.before = [getattr(instance, column.attribute) for column in self.get_import_fields()]

    def skip_row(self, instance: Any, original: Any, row: Any, import_validation_errors: Any = None) -> bool:
        """Whether nothing differs; what does is noted on the way."""
        if import_validation_errors:
            return False
        pairs = zip(self.get_import_fields(), self.before, strict=True)
        self.differing = [(column, before, after) for column, before in pairs if (after := getattr(instance, column.attribute)) != before]
        instance.differing = {column.attribute for column, _before, _after in self.differing}
        return not self.differing and instance.pk is not None

    def validate_instance(self, instance: Any, import_validation_errors: Any = None, validate_unique: bool = True) -> None:  # noqa: FBT001, FBT002 — the library's signature
        """The noun's own fields, those alone that the table may have changed: what spans rows is the database's to refuse."""
        errors = dict(import_validation_errors or {})
        for typed in self.typed:
            value = getattr(instance, typed.attname)
            if typed.name not in errors and not (typed.blank and value in typed.empty_values):
                try:
                    typed.run_validators(value)  # that it is one of the words, its column has said
                except ValidationError as wrong:
                    errors[typed.name] = wrong
        if errors:
            raise ValidationError(errors)

    def after_import_row(self, row: Any, row_result: Any, **kwargs: Any) -> None:
        number = int(row["#"])
        if not self.differing and row_result.import_type == row_result.IMPORT_TYPE_SKIP:
            self.outcomes[number] = Found(Outcome.SAME)
        elif row_result.import_type == row_result.IMPORT_TYPE_NEW:
            self.outcomes[number] = Found(Outcome.NEW)
        else:
            self.outcomes[number] = Found(Outcome.CHANGED, [shown(*each) for each in self.differing])

    def bulk_create(self, using_transactions: bool, dry_run: bool, raise_errors: bool, batch_size: Any = None, result: Any = None) -> None:  # noqa: FBT001 — the library's signature
        instances = [*self.create_instances]
        self.create_instances.clear()
        if not dry_run and instances:
            self.create(instances)
            self.write_beside(instances)

    def create(self, instances: list[Any]) -> None:
        self._meta.model.objects.bulk_create(instances, batch_size=AT_ONCE)
        self.keep_history(instances, "+")

    def bulk_update(self, using_transactions: bool, dry_run: bool, raise_errors: bool, batch_size: Any = None, result: Any = None) -> None:  # noqa: FBT001 — the library's signature
        instances = [*self.update_instances]
        self.update_instances.clear()
        if not dry_run and instances:
            self.update([each for each in instances if self.kept.intersection(self.attributes(each))])
            self.write_beside(instances)

    def update(self, instances: list[Any]) -> None:
        """One statement for a thousand rows: what is there under its id is changed in the columns that differ in any of them."""
        if not instances:
            return
        changed = sorted(self.kept & set().union(*map(self.attributes, instances)))
        self._meta.model.objects.bulk_create(
            instances, batch_size=AT_ONCE, update_conflicts=True, unique_fields=["id"], update_fields=changed
        )
        self.keep_history(instances, "~")

    def attributes(self, instance: Any) -> set[str]:
        """What of an instance is to be written."""
        return instance.differing

    def keep_history(self, instances: list[Any], kind: str) -> None:
        """What the register now says is copied into its history by the database itself, in the name of whoever takes the table over."""
        model, kept = self._meta.model, self._meta.model.history.model
        name = connection.ops.quote_name
        columns = ", ".join(name(field.column) for field in kept.tracked_fields)
        for first in range(0, len(instances), AT_ONCE):
            keys = [each.pk for each in instances[first : first + AT_ONCE]]
            with connection.cursor() as cursor:
                cursor.execute(
                    f"INSERT INTO {name(kept._meta.db_table)} ({columns}, history_date, history_user_id, history_change_reason, history_type)"  # noqa: S608 — names of our own tables
                    f" SELECT {columns}, %s, %s, %s, %s FROM {name(model._meta.db_table)} WHERE id IN ({', '.join(['%s'] * len(keys))}) ORDER BY id",
                    [connection.ops.adapt_datetimefield_value(clock.now()), self.by and self.by.pk, STEP, kind, *keys],
                )
