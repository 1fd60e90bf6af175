from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReportingConfig(AppConfig):
    name = "alliance.reporting"
    verbose_name = _("reports to the Department")

    def ready(self) -> None:
        """The papers and the long work declare themselves, in every process."""
        from alliance.reporting import packing  # noqa: F401 — models are there only now
