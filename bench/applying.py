"""What applying costs: statements and milliseconds for opening a section, saving one, and submitting. Run: `.venv/bin/python bench/applying.py`.

On SQLite in memory; statements are counted with SELECT, without BEGIN and SAVEPOINT. Median of thirty.
"""

import json
import logging
import os
import statistics
import sys
import tempfile
import time
from functools import partial
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TIMES = 30
SCRIPT = {"accept": "application/json"}
SILENT = ("BEGIN", "SAVEPOINT", "RELEASE", "SET", "COMMIT")


def main() -> None:
    ready_portal()
    figures()


def ready_portal() -> None:
    """The portal on a database of its own, in memory."""
    sys.path[:0] = [str(ROOT)]
    nothing = {"DATABASE_URL": "sqlite:///:memory:", "REDIS_URL": "redis://localhost:1/0", "SECRET_KEY": "none", "ALLOWED_HOSTS": "*"}
    home = {"SITE_URL": "http://testserver", "PORTAL_HOME": tempfile.mkdtemp(), "DJANGO_SETTINGS_MODULE": "alliance.settings"}
    os.environ.update(nothing | home)
    import django
    from django.conf import settings
    from django.core.management import call_command

    (Path(home["PORTAL_HOME"]) / "static").mkdir()
    django.setup()
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    settings.STORAGES = settings.STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
    call_command("migrate", verbosity=0)
    call_command("reference", verbosity=0)
    logging.disable(logging.WARNING)  # there is no broker here, and none is needed


def figures() -> None:
    from django.test import Client
    from django.urls import reverse

    from tests import factories

    for name in ("unit", "contacts", "capability", "intent", "declarations"):
        draft = factories.draft()
        client = Client()
        client.force_login(draft.applicant)
        address = reverse("applications:section", args=[draft.uuid, name])
        base = client.get(address, headers=SCRIPT).json()["shown"]
        changed = {"unit": "short_name", "contacts": "contact_post", "capability": "honours", "intent": "planned_work"}.get(name)
        measure(f"opening {name}", partial(look, client, address))
        measure(f"saving {name}", partial(save, client, address, base, changed))
    waiting = [ready() for _ in range(TIMES + 1)]
    measure("submitting", partial(submit, waiting))


def ready() -> tuple:
    """Somebody at their browser, a complete draft, and what its page said."""
    from django.test import Client

    from applications.models import Application
    from applications.models.version import stamp
    from tests import factories

    draft, client = factories.draft(), Client()
    client.force_login(draft.applicant)
    return client, draft, stamp(Application.objects.get(pk=draft.pk))


def save(client: object, address: str, base: dict, field: str | None, n: int) -> None:
    typed = {name: answer for name, answer in base.items() if answer} | ({field: f"示{n}"} if field else {})
    answer = client.post(address, typed | {"base": json.dumps(base)}, headers=SCRIPT)
    if field:
        base[field] = answer.json()["shown"][field]


def look(client: object, address: str, n: int) -> None:
    client.get(address)


def submit(waiting: list, n: int) -> None:
    from django.urls import reverse

    client, draft, seen = waiting[n]
    client.post(reverse("applications:submit", args=[draft.uuid]), {"seen": seen})


def measure(name: str, act: object) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    act(0)
    spent, counts = [], []
    for n in range(1, TIMES + 1):
        with CaptureQueriesContext(connection) as asked:
            began = time.monotonic()
            act(n)
            spent.append(time.monotonic() - began)
        counts.append(sum(not query["sql"].startswith(SILENT) for query in asked))
    print(f"{name}: {max(counts)} statements, {1000 * statistics.median(spent):.0f} ms")


if __name__ == "__main__":
    main()
