"""The applicant's addresses."""

from django.urls import path

from applications import views

app_name = "applications"
urlpatterns = [
    path("", views.my_applications, name="list"),
    path("new/", views.start, name="new"),
    path("new/number/", views.number, name="number"),
    path("<uuid:uuid>/", views.detail, name="detail"),
    path("<uuid:uuid>/form.pdf", views.form, name="form"),
    path("<uuid:uuid>/submit/", views.submit, name="submit"),
    path("<uuid:uuid>/withdraw/", views.withdraw, name="withdraw"),
    path("<uuid:uuid>/attachments/", views.attachments, name="attachments"),
    path("<uuid:uuid>/<str:section>/", views.section, name="section"),
]
