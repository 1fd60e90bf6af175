from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class StagesConfig(AppConfig):
    name = "alliance.stages"
    verbose_name = _("Stages of the founding")
