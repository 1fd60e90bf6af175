"""The applicant's addresses."""

from django.urls import path

from applications.views import arriving, blank, filling, following, lists, starting, submitting

app_name = "applications"
urlpatterns = [
    path("", lists.my_applications, name="list"),
    path("new/", starting.start, name="new"),
    path("new/number/", starting.number, name="number"),
    path("template.xlsx", arriving.template, name="template"),
    path("filled/", arriving.filled, name="filled"),
    path("blank.pdf", blank.as_pdf, name="blank_pdf"),
    path("blank.docx", blank.as_docx, name="blank_docx"),
    path("<uuid:uuid>/", following.detail, name="detail"),
    path("<uuid:uuid>/form.pdf", following.form, name="form"),
    path("<uuid:uuid>/submit/", submitting.submit, name="submit"),
    path("<uuid:uuid>/withdraw/", following.withdraw, name="withdraw"),
    path("<uuid:uuid>/attachments/", filling.attachments, name="attachments"),
    path("<uuid:uuid>/<str:section>/", filling.section, name="section"),
]
