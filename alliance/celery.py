"""The worker, and the timetable: what happens without anyone asking, and when."""

import os

from celery import Celery
from celery.schedules import crontab

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alliance.settings")

app = Celery("alliance")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

MINUTELY = crontab()

TIMETABLE = {
    "heartbeat": ("alliance.jobs.tasks.heartbeat", 20.0),
    "letters": ("alliance.letters.tasks.sweep", MINUTELY),
    "work": ("alliance.jobs.tasks.resume", MINUTELY),
    "scan": ("alliance.files.tasks.scan", MINUTELY),
    "seal": ("alliance.jobs.tasks.seal", MINUTELY),
    "batches": ("applications.tasks.close_batches", MINUTELY),
    "corrections": ("applications.tasks.lapse_corrections", crontab(minute=5)),
    "unsealed": ("applications.tasks.move_unsealed", crontab(minute=7)),
    "limits": ("applications.tasks.count_limits_again", crontab(minute=10)),
    "reminders": ("applications.tasks.remind", crontab(minute=0, hour="9-20")),
    "old drafts": ("applications.tasks.discard_old_drafts", crontab(minute=40, hour=0)),
    "retention": ("alliance.jobs.tasks.forget", crontab(minute=50, hour=0)),
    "tables": ("alliance.exchange.tasks.forget", crontab(minute=45, hour=0)),
    "orphans": ("alliance.files.tasks.sweep_orphans", crontab(minute=40, hour=3)),
    "confirmations": ("members.tasks.open_confirmations", crontab(minute=30, hour=8)),
    "confirmation reminders": ("members.tasks.remind", crontab(minute=15, hour="9-20")),
    "suspensions": ("members.tasks.reinstate_suspended", crontab(minute=10, hour=0)),
    "resignations": ("members.tasks.let_go", crontab(minute=15, hour=0)),
    "seats": ("council.tasks.end_lapsed_tenures", crontab(minute=30, hour=0)),
}

app.conf.beat_schedule = {name: {"task": task, "schedule": when} for name, (task, when) in TIMETABLE.items()}
