"""The council's addresses."""

from django.urls import path

from council import views

app_name = "council"
urlpatterns = [
    path("", views.dashboard, name="dashboard"),
    path("hall/", views.hall, name="hall"),
    path("what-if/", views.what_if, name="what_if"),
    path("seats.pdf", views.board_pdf, name="pdf"),
    path("seats.csv", views.board_csv, name="csv"),
    path("seats.json", views.board_json, name="json"),
    path("roster/", views.roster, name="roster"),
    path("candidates/", views.candidates, name="candidates"),
    path("nominate/<slug:number>/", views.nominate, name="nominate"),
    path("nominations/<uuid:uuid>/stand/", views.stand, name="stand"),
    path("nominations/<uuid:uuid>/<str:step>/", views.answer, name="answer"),
]
