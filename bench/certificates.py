"""What five hundred certificates cost: issuing them, making and keeping their papers, and one ZIP, one PDF, one PDF for stock. Run: `.venv/bin/python bench/certificates.py`.

On SQLite in memory, by the same long work as in the office, one worker. Seconds of each, and how large what comes out is.
"""

import logging
import os
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
COUNT = 500


def main() -> None:
    sys.path[:0] = [str(ROOT)]
    nothing = {"DATABASE_URL": "sqlite:///:memory:", "REDIS_URL": "redis://localhost:1/0", "SECRET_KEY": "none", "ALLOWED_HOSTS": "*"}
    home = {"SITE_URL": "http://testserver", "PORTAL_HOME": tempfile.mkdtemp(), "DJANGO_SETTINGS_MODULE": "alliance.settings"}
    os.environ.update(nothing | home)
    import django
    from django.conf import settings
    from django.core.management import call_command

    django.setup()
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    call_command("migrate", verbosity=0)
    call_command("reference", verbosity=0)
    logging.disable(logging.WARNING)  # there is no broker here, and none is needed
    figures()


def figures() -> None:
    from alliance.exchange.models import Export
    from members.models import Certificate
    from members.papers import printing
    from tests import factories

    officer = factories.user("李范二", "officer")
    units = [factories.unit() for _ in range(COUNT)]
    factories.certify()
    timed("issuing", lambda: issue(units, officer))
    keys = list(Certificate.objects.order_by("number").values_list("pk", flat=True))
    for how, words in (("zip", "papers and one ZIP"), ("merged", "one PDF of papers that are there"), ("overlay", "one PDF for stock")):
        timed(words, lambda how=how: printed(keys, how, officer))
        content = Export.objects.latest("id").content
        print(f"  {len(content) / 2**20:.1f} MB")
    assert printing.papers(keys)


def issue(units: list, officer: object) -> None:
    from members.workflow import issue_certificate

    for unit in units:
        issue_certificate(unit, by=officer)


def printed(keys: list[int], how: str, officer: object) -> None:
    from alliance.jobs import working
    from members.papers import printing

    job = printing.ask(keys, how, by=officer)
    working.work_on(job.pk)
    assert not job.skipped.exists()


def timed(words: str, act: object) -> None:
    began = time.monotonic()
    act()
    print(f"{words}: {time.monotonic() - began:.1f} s for {COUNT}")


if __name__ == "__main__":
    main()
