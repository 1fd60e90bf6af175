"""Which words there are for rules and limits of a term."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Base(TextChoices):
    """Of what a rule's fraction is taken."""

    ELIGIBLE = "eligible", _("of those eligible")
    PRESENT = "present", _("of those present")
    VALID = "valid", _("of the valid ballots")


class Governance(TextChoices):
    """Which organ is the highest: as the notice has it (理事会是最高权力和决策机构), or as registered associations have it."""

    COUNCIL_SUPREME = "council_supreme", _("The council is the highest organ")
    ASSEMBLY_SUPREME = "assembly_supreme", _("The assembly of members is the highest organ")


class Matter(TextChoices):
    """What a rule on majorities is about."""

    QUORUM = "quorum", _("Quorum of a meeting")
    DIRECTORS = "directors", _("Election of directors")
    LEADERS = "leaders", _("Election of the chair and the vice-chairs")
    OTHER_POSTS = "other_posts", _("Election to the posts of other bodies")
    RESOLUTIONS = "resolutions", _("Ordinary resolutions")
    WEIGHTY = "weighty", _("Change of the charter, expulsion")


class Weight(TextChoices):
    """By which rule of the term a motion passes: a matter of its rules."""

    ORDINARY = Matter.RESOLUTIONS.value, pgettext_lazy("motion", "Ordinary resolution")
    WEIGHTY = Matter.WEIGHTY.value, pgettext_lazy("motion", "Change of the charter, or expulsion")


class LimitKind(TextChoices):
    """What a limit of a term is about; a share, or a whole number."""

    DIRECTORS_OF_MEMBERS = "directors_of_members", _("Council, as a share of the members")
    LEADERS_OF_COUNCIL = "leaders_of_council", _("Chair, vice-chairs and secretary-general, as a share of the council")
    COOPTED_OF_COUNCIL = "coopted_of_council", _("Co-opted in a term, as a share of the council")
    AGE_OF_LEADERS = "age_of_leaders", _("Age of a chair or vice-chair, in years")
    TERMS_OF_LEADERS = "terms_of_leaders", _("Terms of a chair or vice-chair")
    YEARS_OF_TERM = "years_of_term", _("Length of a term, in years")
    NOTICE_TO_MEMBERS = "notice_to_members", _("Notice of an assembly of members, at least, in days")
    NOTICE_TO_COUNCIL = "notice_to_council", _("Notice of a council meeting, at least, in days")
