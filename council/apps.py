from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CouncilConfig(AppConfig):
    name = "council"
    verbose_name = _("Council")

    def ready(self) -> None:
        """What the council knows against a merger is declared from the start, whoever asks."""
        import council.workflow  # noqa: F401
