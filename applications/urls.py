"""The applicant's addresses."""

from django.urls import path

from applications.views import attaching, filling, following, lists, sealing, starting, submitting

app_name = "applications"
urlpatterns = [
    path("", lists.my_applications, name="list"),
    path("new/", starting.start, name="new"),
    path("new/number/", starting.number, name="number"),
    path("<uuid:uuid>/", following.detail, name="detail"),
    path("<uuid:uuid>/form.pdf", following.form, name="form"),
    path("<uuid:uuid>/submit/", submitting.submit, name="submit"),
    path("<uuid:uuid>/withdraw/", following.withdraw, name="withdraw"),
    path("<uuid:uuid>/seal/", sealing.seal, name="seal"),
    path("<uuid:uuid>/attachments/", attaching.attachments, name="attachments"),
    path("<uuid:uuid>/<str:section>/", filling.section, name="section"),
]
