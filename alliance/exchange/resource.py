"""A register as django-import-export sees it: columns under Chinese heads, matched by a key, compared in memory and written by the thousand."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import translation
from django.utils.translation import gettext as _
from import_export import fields, resources, widgets
from import_export.instance_loaders import BaseInstanceLoader
from import_export.resources import Diff
from simple_history.utils import bulk_create_with_history

from alliance import clock
from alliance.exchange.models import Outcome

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from django.db.models import Model
    from tablib import Dataset

AT_ONCE = 1000
STEP = "import"


class NoDiff(Diff):
    """The library's comparison without its page: it would paint with styles that our policy refuses."""

    def as_html(self) -> list[str]:
        return []


class Words(widgets.Widget):
    """One of a list of words: read by its word in any language, or by its code; written by its Chinese word."""

    def __init__(self, choices: Any, **also: str) -> None:
        super().__init__()
        self.choices, self.also = choices, also

    def clean(self, value: str, row: Any = None, **kwargs: Any) -> str:
        if not hasattr(self, "known"):
            self.known = known(self.choices) | {folded(word): code for word, code in self.also.items()}
        if folded(value) not in self.known:
            raise ValueError(_("not one of the words to choose from: %(typed)s") % {"typed": value[:40]})
        return self.known[folded(value)]

    def render(self, value: str, obj: Any = None, **kwargs: Any) -> str:
        return str(dict(flat(self.choices)).get(value, value or ""))


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
        super().__init__(attribute=attribute, column_name=head, widget=widget or widgets.CharWidget(coerce_to_string=True))
        self.must = must

    def save(self, instance: Any, row: Mapping[str, str], is_m2m: bool = False, **kwargs: Any) -> None:  # noqa: FBT001, FBT002 — the library's signature
        if row[self.column_name]:
            setattr(instance, self.attribute, self.widget.clean(row[self.column_name], row))
        elif self.must:
            raise ValueError(_("is missing"))


def flat(choices: Any) -> list[tuple[str, Any]]:
    pairs = getattr(choices, "choices", choices)
    return [pair for value, word in pairs for pair in (word if isinstance(word, list) else [(value, word)])]


def known(choices: Any) -> dict[str, str]:
    """Every word, in every language, and every code."""
    found = {folded(value): value for value, _word in flat(choices)}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            found |= {folded(str(word)): value for value, word in flat(choices)}
    return found


def folded(word: str) -> str:
    return "".join(word.split()).casefold()


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
    skip_unchanged = True
    report_skipped = False
    skip_html_diff = True
    clean_model_instances = True


class Register(resources.ModelResource):
    """One noun of the register, taken in by `by`. An heir names its columns, its key and where its rows are."""

    kept: ClassVar[frozenset[str]]  # the attributes that are fields of the noun itself, and so of its history
    title: ClassVar[str]

    def __init__(self, *, by: Model | None = None, is_locked: bool = False) -> None:
        super().__init__()
        self.by, self.is_locked = by, is_locked
        self.outcomes: dict[int, Found] = {}
        self.differing: list[str] = []

    @classmethod
    def get_diff_class(cls) -> type[Diff]:
        return NoDiff

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

    def skip_row(self, instance: Any, original: Any, row: Any, import_validation_errors: Any = None) -> bool:
        """Whether nothing differs; what does is noted on the way."""
        if import_validation_errors:
            return False
        names = [name for name, column in self.fields.items() if getattr(instance, column.attribute) != getattr(original, column.attribute)]
        instance.differing = self.differing = names
        self.before, self.after = original, instance
        return not names and instance.pk is not None

    def validate_instance(self, instance: Any, import_validation_errors: Any = None, validate_unique: bool = True) -> None:  # noqa: FBT001, FBT002 — the library's signature
        """The noun's own fields, those alone that the table may have changed: what spans rows is the database's to refuse."""
        errors = dict(import_validation_errors or {})
        try:
            instance.clean_fields(exclude={field.name for field in instance._meta.fields if field.is_relation or field.name not in self.kept or field.name in errors})
        except ValidationError as wrong:
            errors = wrong.update_error_dict(errors)
        if errors:
            raise ValidationError(errors)

    def after_import_row(self, row: Any, row_result: Any, **kwargs: Any) -> None:
        number = int(row["#"])
        if not self.differing and row_result.import_type == row_result.IMPORT_TYPE_SKIP:
            self.outcomes[number] = Found(Outcome.SAME)
        elif row_result.import_type == row_result.IMPORT_TYPE_NEW:
            self.outcomes[number] = Found(Outcome.NEW)
        else:
            self.outcomes[number] = Found(Outcome.CHANGED, [self.shown(name) for name in self.differing])

    def shown(self, name: str) -> list[str]:
        """The head of a column, what stands there, and what would."""
        column = self.fields[name]
        return [column.column_name, *(str(column.widget.render(getattr(each, column.attribute)) or "") for each in (self.before, self.after))]

    def bulk_create(self, using_transactions: bool, dry_run: bool, raise_errors: bool, batch_size: Any = None, result: Any = None) -> None:  # noqa: FBT001 — the library's signature
        instances = [*self.create_instances]
        self.create_instances.clear()
        if not dry_run and instances:
            self.create(instances)
            self.write_beside(instances)

    def create(self, instances: list[Any]) -> None:
        bulk_create_with_history(instances, self._meta.model, batch_size=AT_ONCE, **self.signed())

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
        changed = sorted(self.kept.intersection(*[set().union(*map(self.attributes, instances))]))
        model = self._meta.model
        model.objects.bulk_create(
            instances, batch_size=AT_ONCE, update_conflicts=True, unique_fields=["id"], update_fields=changed
        )
        model.history.bulk_history_create(instances, batch_size=AT_ONCE, update=True, **self.signed())

    def attributes(self, instance: Any) -> set[str]:
        return {self.fields[name].attribute for name in instance.differing}

    def signed(self) -> dict[str, Any]:
        return {"default_user": self.by, "default_change_reason": STEP, "default_date": clock.now()}
