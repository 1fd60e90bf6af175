"""The addresses of my letters."""

from django.urls import path

from alliance.letters import views

app_name = "letters"
urlpatterns = [
    path("", views.letters, name="list"),
    path("<uuid:uuid>/", views.letter, name="one"),
]
