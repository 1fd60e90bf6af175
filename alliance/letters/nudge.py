"""Telling the worker that a letter waits. A nudge may be lost: the sweep each minute is the guarantee."""

import logging

from celery import current_app
from kombu.exceptions import OperationalError

log = logging.getLogger(__name__)


def nudge() -> None:
    """Ask the worker to sweep now."""
    try:
        current_app.send_task("alliance.letters.tasks.sweep")
    except (OperationalError, OSError) as failure:
        log.warning("no broker for a nudge, the next sweep will send: %s", failure)
