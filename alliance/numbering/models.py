"""The counters."""

from django.db import connection, models
from django.db.models import F
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
    row = Counter.objects.filter(name=name)
    if not row.update(last=F("last") + 1):  # which holds the row until the transaction ends
        Counter.objects.get_or_create(name=name)
        row.update(last=F("last") + 1)
    return row.values_list("last", flat=True).get()
