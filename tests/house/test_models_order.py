"""String foreign keys and reverse accessors escape import-linter; model relations hold the same order of layers."""

import tomllib

from django.apps import apps
from django.conf import settings
from django.db import models

from house import ROOT

OURS = ("alliance.", "applications.", "council.", "members.")


def layers() -> dict[str, int]:
    """Package → how high it stands, read from the contract itself; siblings stand equally high."""
    contract = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"][0]
    return {name.strip(" ()"): -level for level, layer in enumerate(contract["layers"]) for name in layer.split("|")}


def room(model: type[models.Model], known: dict[str, int]) -> str:
    """The layer's package that a model lives in."""
    return next(name for name in known if f"{model.__module__}.".startswith(f"{name}."))


def ours() -> list[type[models.Model]]:
    return [model for model in apps.get_models(include_auto_created=True) if f"{model.__module__}.".startswith(OURS)]


def relations(model: type[models.Model]):
    """Forward relations by whichever name: keys, one-to-one, many-to-many; parents are one-to-one as well."""
    for field in [*model._meta.local_fields, *model._meta.local_many_to_many]:
        if field.remote_field and isinstance(field.related_model, type):
            yield field, field.related_model


def upward(known: dict[str, int]) -> list[str]:
    """Every relation that points to a higher layer or to a sibling."""
    user = apps.get_model(settings.AUTH_USER_MODEL)
    found = []
    for model in ours():
        for field, target in relations(model):
            if target is user or not f"{target.__module__}.".startswith(OURS):
                continue
            here, there = room(model, known), room(target, known)
            if here != there and known[there] >= known[here]:
                found.append(f"{model._meta.label}.{field.name} → {target._meta.label}")
    return found


def test_every_model_lives_in_a_room_that_the_contract_names():
    known = layers()
    homeless = [model._meta.label for model in ours() if not any(f"{model.__module__}.".startswith(f"{name}.") for name in known)]
    assert homeless == []


def test_no_model_relation_points_upward_or_sideways():
    assert upward(layers()) == []


def test_the_walk_sees_the_relations_it_judges():
    """With the order of `members` and `applications` turned round, the walk must complain."""
    known = layers()
    known["members"], known["applications"] = known["applications"], known["members"]
    assert upward(known) != []


def test_only_the_user_is_reached_from_below():
    """`settings.AUTH_USER_MODEL` is the one relation that may point upward, and it is always protected or the user's own."""
    known = layers()
    user = apps.get_model(settings.AUTH_USER_MODEL)
    for model in ours():
        for field, target in relations(model):
            if target is user and known[room(model, known)] < known[room(user, known)]:
                assert field.remote_field.on_delete is models.PROTECT, f"{model._meta.label}.{field.name}"
