"""The project: wiring above the apps, foundations beneath them."""

from alliance.celery import app as celery_app

__all__ = ["celery_app"]
