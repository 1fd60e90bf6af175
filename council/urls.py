"""The council's addresses."""

from django.urls import path

from council import views

app_name = "council"
urlpatterns = [
    path("", views.dashboard, name="dashboard"),
    path("roster/", views.roster, name="roster"),
    path("candidates/", views.candidates, name="candidates"),
    path("nominate/<slug:number>/", views.nominate, name="nominate"),
    path("nominations/<uuid:uuid>/stand/", views.stand, name="stand"),
    path("nominations/<uuid:uuid>/<str:step>/", views.answer, name="answer"),
]
