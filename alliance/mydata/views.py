"""The page of my data, and its exports."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from django.core.serializers.json import DjangoJSONEncoder
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from alliance import clock
from alliance.accounts.doors import open_to, signed_in
from alliance.documents.kinds import PDF
from alliance.documents.making import CHINESE
from alliance.documents.serving import attached
from alliance.documents.typesetting import typeset
from alliance.facts.models import facts
from alliance.mydata.group import asking, in_words
from alliance.mydata.held import held_on
from alliance.templatetags import portal

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from alliance.mydata.group import Group


@open_to(signed_in)
@never_cache
@require_safe
def my_data(request: HttpRequest) -> HttpResponse:
    """All of it in plain groups, with the ways to export, correct, delete, withdraw and ask."""
    return render(
        request,
        "account/my_data.html",
        {"groups": held_on(request.user), "asking": {about: asking(about) for about in ("correct", "delete", "withdraw", "explain")}},
    )


@open_to(signed_in)
@require_safe
def as_json(request: HttpRequest) -> HttpResponse:
    """The same for machines, whole."""
    said = {
        each.name: {"title": each.title, "source": each.source, "purpose": each.purpose, "kept": each.kept, "rows": each.rows}
        for each in held_on(request.user)
    }
    content = json.dumps({"of": request.user.email, "at": clock.now(), "data": said}, cls=DjangoJSONEncoder, ensure_ascii=False, indent=2)
    return attached(content.encode(), "application/json", "my-data.json")


@open_to(signed_in)
@require_safe
def as_pdf(request: HttpRequest) -> HttpResponse:
    """The same on paper, in Chinese, whole."""
    now = clock.now()
    with translation.override(CHINESE):
        groups = [on_paper(each) for each in held_on(request.user)]
        words = {
            "issued_by": facts().name_hans,
            "of": request.user.name,
            "email": request.user.email,
            "at": portal.moment(now),
            "groups": groups,
        }
        made = typeset("mydata", words, moment=now)
    return attached(made, PDF, f"我的信息_{now.astimezone(clock.SHANGHAI):%Y%m%d}.pdf")


def on_paper(group: Group) -> dict[str, Any]:
    """A group as typst takes it: texts only."""
    rows = [[[str(group.labels[name]), in_words(value)] for name, value in row.items()] for row in group.rows]
    return {"title": str(group.title), "source": str(group.source), "purpose": str(group.purpose), "kept": str(group.kept), "rows": rows}
