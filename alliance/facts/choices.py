"""Which words there are about the alliance as a whole. The stages' words are those of notice 粤科函产字〔2020〕864号."""

from __future__ import annotations

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _


class Phase(TextChoices):
    """Whether the alliance is being founded or running: words and effects follow."""

    FOUNDING = "founding", _("Being founded")
    RUNNING = "running", _("In operation")


OFFICE = {Phase.FOUNDING: _("Preparatory Working Group"), Phase.RUNNING: _("Secretariat")}  # who conducts the business


STANDING = {Phase.FOUNDING: _("prospective member"), Phase.RUNNING: _("member unit")}  # what a unit is when it is admitted


class Governance(TextChoices):
    """Which body decides last: the council in an alliance by contract, the members in a registered association."""

    COUNCIL = "council_supreme", _("Alliance by contract: the council is the highest body")
    ASSEMBLY = "assembly_supreme", _("Registered association: the general assembly is the highest body")


class CertificatesFrom(TextChoices):
    """From when certificates of membership are issued."""

    ADMISSION = "at_admission", _("From admission")
    FOUNDING = "at_founding", _("From the founding; until then confirmation letters")


class CertificateNumbers(TextChoices):
    """In which of two forms certificates are numbered; a change counts for later ones only."""

    PLAIN = "plain", _("Letters and digits: GBANEV-0120210037")
    CHINESE = "chinese", _("Chinese: 湾新汽联会字〔2021〕第0037号")


class CertificateValidity(TextChoices):
    """How long a new certificate is good for."""

    TERM = "term", _("To the end of the term")
    YEAR = "year", _("For a year, and extended every year")


class BallotMarks(TextChoices):
    """What the signs on a printed ballot mean: customs differ, and ○ stands for opposite things."""

    TICK = "tick", _("√ for, × against, ○ abstaining")
    CIRCLE = "circle", _("○ for, × against, no sign: abstaining")


class DeskKind(TextChoices):
    """The two contact desks of the notice."""

    JOINING = "joining", _("Joining")
    POLICY = "policy", _("Policy and business of the alliance")


class StageNumber(IntegerChoices):
    """The five stages of the founding plan."""

    PREPARATION = 1, _("Preparation and argument")
    CALL = 2, _("Calling for members")
    APPROVAL = 3, _("Deliberation and approval")
    FOUNDING = 4, _("Unveiling and founding")
    OPERATION = 5, _("Development and operation")


TASKS = {
    StageNumber.PREPARATION: _("Surveys, site visits, meetings with experts."),
    StageNumber.CALL: _(
        "The notice is published; representative and influential leading units are selected; a preparatory council meeting puts forward the first chair, vice-chairs and secretary-general; the prospective members meet."
    ),
    StageNumber.APPROVAL: _("The founding report is improved on the experts' opinions and submitted to government for approval."),
    StageNumber.FOUNDING: _(
        "The founding meeting elects the council, the Expert Committee and the secretary-general, by the election method, agenda, host's script and preparation report made ready for it."
    ),
    StageNumber.OPERATION: _(
        "Forecasts, yearbook and annual report; guides for major projects; information site and databases; competitions, forums and matchmaking. Members and functions grow step by step."
    ),
}
