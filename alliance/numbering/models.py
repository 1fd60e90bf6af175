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
    table = connection.ops.quote_name(Counter._meta.db_table)
    count_on = f"INSERT INTO {table} (name, last) VALUES (%s, 1) ON CONFLICT (name) DO UPDATE SET last = {table}.last + 1 RETURNING last"  # noqa: S608 — a table of ours
    with connection.cursor() as cursor:  # one statement, which holds the row until the transaction ends
        cursor.execute(count_on, [name])
        return cursor.fetchone()[0]
