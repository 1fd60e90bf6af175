"""The applicant's addresses."""

from django.urls import path

from applications.views import (
    arriving,
    attaching,
    blank,
    claiming,
    colleagues,
    filling,
    following,
    lists,
    recommending,
    sealing,
    starting,
    submitting,
)

app_name = "applications"
urlpatterns = [
    path("", lists.my_applications, name="list"),
    path("new/", starting.start, name="new"),
    path("new/number/", starting.number, name="number"),
    path("template.xlsx", arriving.template, name="template"),
    path("filled/", arriving.filled, name="filled"),
    path("claim/", claiming.claim, name="claim"),
    path("blank.pdf", blank.as_pdf, name="blank_pdf"),
    path("blank.docx", blank.as_docx, name="blank_docx"),
    path("back/", starting.back, name="back"),
    path("<uuid:uuid>/", following.detail, name="detail"),
    path("<uuid:uuid>/form.pdf", following.form, name="form"),
    path("<uuid:uuid>/submit/", submitting.submit, name="submit"),
    path("<uuid:uuid>/withdraw/", following.withdraw, name="withdraw"),
    path("<uuid:uuid>/take-up/", following.take_up, name="take_up"),
    path("<uuid:uuid>/again/", following.again, name="again"),
    path("<uuid:uuid>/colleagues/", colleagues.colleagues, name="colleagues"),
    path("<uuid:uuid>/colleagues/<str:act>/", colleagues.person, name="person"),
    path("invitations/<uuid:uuid>/<str:act>/", colleagues.invitation, name="invitation"),
    path("join-requests/<uuid:uuid>/<str:step>/", colleagues.join_request, name="join_request"),
    path("recommendations/<uuid:uuid>/", recommending.recommender, name="recommender"),
    path("<uuid:uuid>/recommendation/", recommending.recommendation, name="recommendation"),
    path("<uuid:uuid>/seal/", sealing.seal, name="seal"),
    path("<uuid:uuid>/attachments/", attaching.attachments, name="attachments"),
    path("<uuid:uuid>/<str:section>/", filling.section, name="section"),
]
