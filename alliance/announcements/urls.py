"""The addresses of announcements."""

from django.urls import path

from alliance.announcements import views

urlpatterns = [
    path("", views.announcements, name="announcements"),
    path("feed/", views.feed, name="announcements_feed"),
    path("<uuid:uuid>/", views.announcement, name="announcement"),
    path("<uuid:uuid>/print/", views.print_view, name="announcement_print"),
    path("<uuid:uuid>/poster.pdf", views.poster_pdf, name="announcement_poster"),
]
