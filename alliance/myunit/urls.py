"""The addresses of a unit's own pages."""

from django.urls import path

from alliance.myunit.views import confirming, data, groups, leaving, meetings, overview, papers, people, visibility

app_name = "myunit"
urlpatterns = [
    path("", overview.overview, name="overview"),
    path("data/", data.data, name="data"),
    path("data/change/", data.change, name="change"),
    path("visibility/", visibility.visibility, name="visibility"),
    path("naming/<str:act>/", visibility.naming, name="naming"),
    path("requests/<uuid:uuid>/", data.change_request, name="request"),
    path("requests/<uuid:uuid>/withdraw/", data.withdraw, name="withdraw"),
    path("people/", people.people, name="people"),
    path("people/<str:act>/", people.person, name="person"),
    path("groups/", groups.groups, name="groups"),
    path("groups/wish/", groups.wish, name="wish"),
    path("groups/wishes/<int:pk>/withdraw/", groups.withdraw_wish, name="withdraw_wish"),
    path("groups/<int:pk>/leave/", groups.leave_body, name="leave_body"),
    path("meetings/", meetings.meetings, name="meetings"),
    path("meetings/<uuid:uuid>/", meetings.proxy, name="proxy"),
    path("meetings/<uuid:uuid>/proxy.docx", meetings.proxy_paper, name="proxy_paper"),
    path("letters/", papers.papers, name="papers"),
    path("letters/<uuid:uuid>/", papers.letter, name="letter"),
    path("confirmation/", confirming.confirmation, name="confirmation"),
    path("leaving/", leaving.leaving, name="leaving"),
    path("leaving/stay/", leaving.stay, name="stay"),
]
