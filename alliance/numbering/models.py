"""The counters."""

from django.db import connection, models
from django.utils.translation import gettext_lazy as _


class Counter(models.Model):
    """The last number given under a name, such as "application 2020"."""

    name = models.CharField(_("name"), max_length=60, unique=True)
    last = models.PositiveIntegerField(_("last number"), default=0)

    class Meta:
        verbose_name, verbose_name_plural = _("counter"), _("counters")
        ordering = ["name"]

    def __str__(self) -> str:
        return f"{self.name}: {self.last}"


def take(name: str) -> int:
    """The next number under `name`, 1 at first. A rolled-back transaction gives its number back.

    Lock order: after the batch and the object, before events; several counters by name.
    """
    if not connection.in_atomic_block:
        message = "a number is given in the transaction that uses it"
        raise RuntimeError(message)
    given = count_on(name)
    if not given:
        Counter.objects.get_or_create(name=name)
        given = count_on(name)
    return given


def count_on(name: str) -> int:
    """Count one further, in one statement, which holds the row until the transaction ends; 0 where there is no such row."""
    with connection.cursor() as cursor:
        cursor.execute(f'UPDATE "{Counter._meta.db_table}" SET "last" = "last" + 1 WHERE "name" = %s RETURNING "last"', [name])  # noqa: S608 — a table of ours
        row = cursor.fetchone()
    return row[0] if row else 0
