"""What the admission letters of a whole batch cost: 240 Word notices made, kept and bound in one ZIP by the long work of the office. Run: `.venv/bin/python bench/letters.py`.

On SQLite in memory, one worker. Seconds, those of the processor among them, and how large the ZIP is.
"""

import logging
import os
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
COUNT, MOST_SECONDS = 240, 60


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
    from alliance.documents.kinds import KINDS
    from alliance.exchange import binding
    from alliance.exchange.models import Export
    from alliance.jobs import working
    from applications.models import Application
    from tests import factories

    officer = factories.user("李范二", "officer")
    made = [factories.application("admitted") for _ in range(COUNT)]
    job = binding.ask(KINDS["admission"], Application, [each.pk for each in made], subject="第一批", by=officer)
    began, worked = time.monotonic(), time.process_time()
    working.work_on(job.pk)
    seconds, worked = time.monotonic() - began, time.process_time() - worked
    assert not job.skipped.exists()
    print(
        f"{COUNT} admission letters as Word, kept, in one ZIP: {seconds:.1f} s, of them {worked:.1f} s processor time, {len(Export.objects.latest('id').content) / 2**20:.1f} MB"
    )
    assert worked <= MOST_SECONDS  # what other work takes of the machine is not ours


if __name__ == "__main__":
    main()
