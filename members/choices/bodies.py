"""Which words there are for bodies, their posts and tenures, and for wishes to join them."""

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class TenureState(TextChoices):
    """Whether a tenure runs."""

    IN_OFFICE = "in_office", _("In office")
    ENDED = "ended", pgettext_lazy("tenure", "Ended")


class BodyKind(TextChoices):
    """The bodies of the alliance, as the notice plans them."""

    COUNCIL = "council", _("Council")
    EXPERTS = "experts", _("Expert committee")
    SECRETARIAT = "secretariat", _("Secretariat")
    BRANCH = "branch", _("Branch")
    WORKING_GROUP = "working_group", _("Working group")


class Post(TextChoices):
    """What somebody is in a body other than the council."""

    HEAD = "head", pgettext_lazy("post in a body", "Head")
    DEPUTY = "deputy", pgettext_lazy("post in a body", "Deputy head")
    SECRETARY_GENERAL = "secretary_general", _("Secretary-general")
    DEPUTY_SECRETARY = "deputy_secretary", _("Deputy secretary-general")
    HOST = "host", _("Host unit")
    MEMBER = "member", pgettext_lazy("post in a body", "Member")


CALLED = {  # what a post is called where the plain word is not the one in use
    (BodyKind.EXPERTS, Post.HEAD): pgettext_lazy("post in the expert committee", "Head"),
    (BodyKind.EXPERTS, Post.DEPUTY): pgettext_lazy("post in the expert committee", "Deputy head"),
    (BodyKind.EXPERTS, Post.MEMBER): pgettext_lazy("post in the expert committee", "Member"),
    (BodyKind.WORKING_GROUP, Post.HEAD): pgettext_lazy("post in a working group", "Head"),
    (BodyKind.WORKING_GROUP, Post.DEPUTY): pgettext_lazy("post in a working group", "Deputy head"),
    (BodyKind.WORKING_GROUP, Post.HOST): pgettext_lazy("post in a working group", "Leading unit"),
}


def called(kind: str, post: str) -> str:
    """What a post is called in a body of this kind."""
    return CALLED.get((kind, post), Post(post).label)


class WishKind(TextChoices):
    """What a unit would like in a body."""

    JOIN = "join", pgettext_lazy("wish", "Join")
    HOST = "host", pgettext_lazy("wish", "Host it")


class WishState(TextChoices):
    """What became of a wish."""

    OPEN = "open", pgettext_lazy("wish", "To decide")
    ACCEPTED = "accepted", pgettext_lazy("wish", "Accepted")
    DECLINED = "declined", pgettext_lazy("wish", "Declined")
    WITHDRAWN = "withdrawn", pgettext_lazy("wish", "Withdrawn")


class Tier(IntegerChoices):
    """The tiers of the council, from the chair outwards."""

    CHAIR = 1, _("Chair unit")
    VICE_CHAIR = 2, _("Vice-chair unit")
    DIRECTOR = 3, _("Director unit")
