"""The project itself, as an app of its own: its commands, its tags; and the admin site that is the secretariat's desk."""

from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig


class AllianceConfig(AppConfig):
    name = "alliance"

    def ready(self) -> None:
        from alliance import checks, lookups  # noqa: F401 — system checks and lookups register on import, once the apps are there


class AllianceAdminConfig(AdminConfig):
    default_site = "alliance.desk.Desk"
