"""The map of the site."""

from django.contrib import admin
from django.urls import include, path

from alliance import health, views
from applications import views as application_pages

urlpatterns = [
    path("", views.home, name="home"),
    path("notice/", views.notice, name="notice"),
    path("batches/", application_pages.batches, name="batches"),
    path("applications/", include("applications.urls")),
    path("council/", include("council.urls")),
    path("papers/<uuid:uuid>/", views.paper, name="paper"),
    path("unit/", views.unit, name="unit"),
    path("accounts/after-login/", views.after_login, name="after_login"),
    path("accounts/", include("allauth.urls")),
    path("i18n/", include("django.conf.urls.i18n")),
    path("admin/", admin.site.urls),
    path("healthz/", health.healthz, name="healthz"),
]
