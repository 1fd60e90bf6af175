"""Telling the worker that a letter waits. A nudge may be lost: the sweep each minute is the guarantee."""

import logging

from celery import current_app
from django.db import connection, transaction
from kombu.exceptions import OperationalError

log = logging.getLogger(__name__)


def nudge() -> None:
    """Ask the worker to sweep now."""
    try:
        current_app.send_task("alliance.letters.tasks.sweep")
    except (OperationalError, OSError) as failure:
        log.warning("no broker for a nudge, the next sweep will send: %s", failure)


def nudge_once() -> None:
    """Nudge when the running transaction has committed; one nudge drains many letters."""
    if nudge not in (waiting for _ids, waiting, *_ in connection.run_on_commit):
        transaction.on_commit(nudge)
