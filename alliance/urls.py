"""The map of the site."""

from django.contrib import admin
from django.urls import include, path

from alliance import health, views
from alliance.accounts import views as account_pages
from alliance.jobs import views as job_pages
from alliance.mydata import views as mydata
from alliance.myunit.views.overview import my_units
from applications.views import enquiring, lists, reviewing
from members.views import attending, bodies, certificates, door, hall, verifying, voting

urlpatterns = [
    path("", views.home, name="home"),
    path("notice/", views.notice, name="notice"),
    path("batches/", lists.batches, name="batches"),
    path("batches/<int:number>/", lists.batch, name="batch"),
    path("enquiries/", enquiring.enquiries, name="enquiries"),
    path("enquiries/<uuid:uuid>/", enquiring.enquiry, name="enquiry"),
    path("applications/", include("applications.urls")),
    path("reviews/", reviewing.my_reviews, name="reviews"),
    path("reviews/<uuid:uuid>/", reviewing.review, name="review"),
    path("reviews/<uuid:uuid>/recuse/", reviewing.recuse, name="recuse"),
    path("reviews/<uuid:uuid>/sheet.pdf", reviewing.sheet, name="review_sheet"),
    path("reviews/panel/<uuid:uuid>/", reviewing.group_opinion, name="group_opinion"),
    path("announcements/", include("alliance.announcements.urls")),
    path("members/", include("members.urls")),
    path("council/", include("council.urls")),
    path("files/<uuid:uuid>/", views.file, name="file"),
    path("files/<uuid:uuid>/pages/<int:number>.png", views.file_page, name="file_page"),
    path("papers/<uuid:uuid>/", views.paper, name="paper"),
    path("unit/", my_units, name="unit"),
    path("unit/certificates/<uuid:uuid>/", certificates.take_certificate, name="take_certificate"),
    path("unit/<slug:number>/", include("alliance.myunit.urls")),
    path("verify/", verifying.verify, name="verify"),
    path("verify/<slug:code>/", verifying.verify_code, name="verify_code"),
    path("bodies/", bodies.bodies, name="bodies"),
    path("bodies/<uuid:uuid>/", bodies.body, name="body"),
    path("meetings/<uuid:uuid>/", attending.meeting, name="members_meeting"),
    path("meetings/<uuid:uuid>/sign-in/", attending.sign_in, name="members_sign_in"),
    path("meetings/<uuid:uuid>/hall/", hall.hall, name="members_hall"),
    path("meetings/<uuid:uuid>/door/", door.door, name="members_door"),
    path("meetings/<uuid:uuid>/sheet/", door.sheet, name="members_sheet"),
    path("meetings/<uuid:uuid>/proxies/<int:line>/", door.proxy, name="members_proxy"),
    path("meetings/motions/<uuid:uuid>/", voting.roll_call, name="members_roll_call"),
    path("letters/", include("alliance.letters.urls")),
    path("jobs/<uuid:uuid>/", job_pages.job, name="job"),
    path("accounts/me/", account_pages.me, name="account_me"),
    path("accounts/me/data/", mydata.my_data, name="my_data"),
    path("accounts/me/data.json", mydata.as_json, name="my_data_json"),
    path("accounts/me/data.pdf", mydata.as_pdf, name="my_data_pdf"),
    path("accounts/given-code/", account_pages.given_code, name="account_given_code"),
    path("accounts/after-login/", views.after_login, name="after_login"),
    path("accounts/", include("allauth.urls")),
    path("i18n/", include("django.conf.urls.i18n")),
    path("admin/", admin.site.urls),
    path("healthz/", health.healthz, name="healthz"),
]

handler400 = "alliance.views.unreadable"
