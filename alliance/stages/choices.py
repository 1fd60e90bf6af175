"""Which words there are about the stages: steps, activities and papers that notice 粤科函产字〔2020〕864号 names."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from alliance.facts.choices import StageNumber


class PlanStep(TextChoices):
    """What the plan does, step by step (工作计划)."""

    RESEARCH = "research", _("Surveys, site visits and meetings with experts")
    CALL = "call", _("Publish the call for members")
    SELECTION = "selection", _("Select representative and influential leading units")
    COUNCIL = "council", _("Preparatory council meeting: put forward the first chair, vice-chairs and secretary-general")
    PROSPECTS = "prospects", _("Meeting of the prospective members")
    REPORT = "report", _("Report to the leaders of the Department")
    REVISION = "revision", _("Improve the founding report on the experts' opinions")
    DECLARATION = "declaration", _("Write the application for approval")
    SUBMISSION = "submission", _("Submit it to government for review and approval")
    MEETING = "meeting", _("Prepare the founding meeting")
    ELECTION = "election", _("Founding meeting: elect the council, the Expert Committee and the secretary-general")
    UNVEILING = "unveiling", _("Unveiling and press")
    REPORTS = "reports", _("Forecasts, yearbook and annual report")
    GUIDES = "guides", _("Guides for major projects")
    PLATFORM = "platform", _("Information site and database platform")
    EVENTS = "events", _("Competitions, forums, summits and matchmaking")
    GROWTH = "growth", _("Members and functions grow step by step")


STEPS = {
    StageNumber.PREPARATION: (PlanStep.RESEARCH,),
    StageNumber.CALL: (PlanStep.CALL, PlanStep.SELECTION, PlanStep.COUNCIL, PlanStep.PROSPECTS, PlanStep.REPORT),
    StageNumber.APPROVAL: (PlanStep.REVISION, PlanStep.DECLARATION, PlanStep.SUBMISSION),
    StageNumber.FOUNDING: (PlanStep.MEETING, PlanStep.ELECTION, PlanStep.UNVEILING),
    StageNumber.OPERATION: (PlanStep.REPORTS, PlanStep.GUIDES, PlanStep.PLATFORM, PlanStep.EVENTS, PlanStep.GROWTH),
}


class ActivityKind(TextChoices):
    """What the preparation counted."""

    MONTHS = "months", pgettext_lazy("activity", "Months of preparation")
    SURVEYS = "surveys", pgettext_lazy("activity", "Surveys")
    VISITS = "visits", pgettext_lazy("activity", "Site visits")
    WEB_MEETINGS = "web_meetings", pgettext_lazy("activity", "Web meetings")
    WORKING_MEETINGS = "working_meetings", pgettext_lazy("activity", "Working meetings")
    REVIEWS = "reviews", pgettext_lazy("activity", "Expert reviews")
    EXPERTS = "experts", pgettext_lazy("activity", "Experts consulted")
    PAPERS = "papers", pgettext_lazy("activity", "Sets of papers")
    CONFERENCES = "conferences", pgettext_lazy("activity", "Large conferences")
    MATCHMAKING = "matchmaking", pgettext_lazy("activity", "Matchmaking events")
    SALONS = "salons", pgettext_lazy("activity", "Salons")
    TRAININGS = "trainings", pgettext_lazy("activity", "Trainings")


class Roundness(TextChoices):
    """How a figure is meant: the notice says 20余场, 近10次."""

    EXACT = "exact", pgettext_lazy("figure", "exactly")
    OVER = "over", pgettext_lazy("figure", "more than")
    NEARLY = "nearly", pgettext_lazy("figure", "nearly")


FIGURES = {  # as the notice states them; it gives no number of surveys
    ActivityKind.MONTHS: (8, Roundness.OVER),
    ActivityKind.SURVEYS: (None, Roundness.EXACT),
    ActivityKind.VISITS: (9, Roundness.EXACT),
    ActivityKind.WEB_MEETINGS: (20, Roundness.OVER),
    ActivityKind.WORKING_MEETINGS: (10, Roundness.OVER),
    ActivityKind.REVIEWS: (10, Roundness.NEARLY),
    ActivityKind.EXPERTS: (100, Roundness.NEARLY),
    ActivityKind.PAPERS: (18, Roundness.EXACT),
    ActivityKind.CONFERENCES: (9, Roundness.EXACT),
    ActivityKind.MATCHMAKING: (20, Roundness.OVER),
    ActivityKind.SALONS: (10, Roundness.OVER),
    ActivityKind.TRAININGS: (40, Roundness.OVER),
}


class PaperName(TextChoices):
    """The papers that the plan names."""

    WORK_PLAN = "work_plan", pgettext_lazy("paper of a stage", "Work plan")
    HANDBOOK = "handbook", pgettext_lazy("paper of a stage", "Handbook")
    WORK_RULES = "work_rules", pgettext_lazy("paper of a stage", "Working rules")
    WORK_REPORT = "work_report", pgettext_lazy("paper of a stage", "Work report")
    CALL = "call", pgettext_lazy("paper of a stage", "Call for members")
    BUILDING_PLAN = "building_plan", pgettext_lazy("paper of a stage", "Plan for building the alliance")
    FOUNDING_REPORT = "founding_report", pgettext_lazy("paper of a stage", "Report on the founding plan")
    WHOLE_PLAN = "whole_plan", pgettext_lazy("paper of a stage", "Plan of the whole")
    DECLARATION = "declaration", pgettext_lazy("paper of a stage", "Application for approval")
    ELECTION_METHOD = "election_method", pgettext_lazy("paper of a stage", "Election method")
    AGENDA = "agenda", pgettext_lazy("paper of a stage", "Agenda")
    SCRIPT = "script", pgettext_lazy("paper of a stage", "Host's script")
    PREPARATION_REPORT = "preparation_report", pgettext_lazy("paper of a stage", "Report on the preparation")


NAMED_IN = {
    StageNumber.PREPARATION: (PaperName.WORK_PLAN, PaperName.HANDBOOK, PaperName.WORK_RULES, PaperName.WORK_REPORT),
    StageNumber.CALL: (PaperName.CALL, PaperName.BUILDING_PLAN),
    StageNumber.APPROVAL: (PaperName.FOUNDING_REPORT, PaperName.WHOLE_PLAN, PaperName.DECLARATION),
    StageNumber.FOUNDING: (PaperName.ELECTION_METHOD, PaperName.AGENDA, PaperName.SCRIPT, PaperName.PREPARATION_REPORT),
    StageNumber.OPERATION: (),  # its papers are the alliance's outputs, as many as there will be
}
STAGE_OF = {name: stage for stage, names in NAMED_IN.items() for name in names}
