"""Acts that are no steps of a workflow, each on a page of its own that says what it will do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext

from alliance.admin.workflow import keeping_typed
from alliance.text import posted

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.contrib.admin import ModelAdmin
    from django.db.models import Model
    from django.utils.functional import Promise


class Act(NamedTuple):
    """What it is called, the verb that does it, and the form of its inputs; the verb may give what the next page is about."""

    label: str | Promise
    verb: Callable[..., Any]
    form: type[forms.Form] = forms.Form


def act_page(admin: ModelAdmin, request: HttpRequest, thing: Model, act: Act, template: str, /, **context: Any) -> HttpResponse:
    """Ask for the act's inputs and do it; afterwards the page of `thing`, or of what the act has made of the same kind."""
    form = act.form(posted(request))
    if request.method == "POST" and form.is_valid():
        with keeping_typed(form, act.label):
            made = act.verb(thing, by=request.user, **form.cleaned_data)
        shown = made if isinstance(made, type(thing)) else thing
        admin.message_user(request, gettext("%(step)s: done for %(thing)s.") % {"step": act.label, "thing": shown}, messages.SUCCESS)
        return redirect(f"admin:{admin.opts.app_label}_{admin.opts.model_name}_change", shown.pk)
    said = {"title": act.label, "form": form, "thing": thing, "opts": admin.opts} | context
    return render(request, template, admin.admin_site.each_context(request) | said)
