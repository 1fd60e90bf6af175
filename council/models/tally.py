"""The tally: what the tellers counted, entered twice by two people apart."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from alliance import clock
from council.choices import Entry
from council.election import Figures, Votes
from council.models.candidate import Candidate
from council.models.contest import Contest
from council.querysets import TallyQuerySet


class Tally(models.Model):
    """One entry of the tellers' figures: ballots issued, returned and invalid. Written once."""

    contest = models.ForeignKey(Contest, models.PROTECT, related_name="tallies", verbose_name=_("contest"))
    entry = models.PositiveSmallIntegerField(_("entry"), choices=Entry)
    issued = models.PositiveIntegerField(_("ballots issued"))
    returned = models.PositiveIntegerField(_("ballots returned"))
    invalid = models.PositiveIntegerField(_("invalid ballots"))
    overvoted = models.PositiveIntegerField(_("of these with too many chosen"), default=0)
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("entered by"))
    entered_at = models.DateTimeField(_("entered at"), default=clock.now)

    objects = TallyQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("tally"), _("tallies")
        ordering = ["contest", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(returned__lte=F("issued")), name="no_more_ballots_return_than_are_issued"),
            models.CheckConstraint(condition=Q(invalid__lte=F("returned")), name="invalid_ballots_are_among_the_returned"),
            models.CheckConstraint(condition=Q(overvoted__lte=F("invalid")), name="ballots_that_chose_too_many_are_among_the_invalid"),
            models.UniqueConstraint(
                fields=["contest", "entry"], condition=~Q(entry=Entry.CORRECTION), name="a_tally_is_entered_once_each_way"
            ),
            models.UniqueConstraint(
                fields=["contest", "entered_by"],
                condition=Q(entry__in=[Entry.FIRST, Entry.SECOND]),
                name="a_tally_is_entered_twice_by_two_people",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.contest}: {self.get_entry_display()}"

    @property
    def valid(self) -> int:
        return self.returned - self.invalid

    @property
    def unreadable(self) -> int:
        return self.invalid - self.overvoted

    @property
    def figures(self) -> Figures:
        """The whole entry; of the rows that were fetched with it, where they were."""
        votes = {each.candidate_id: Votes(each.in_favour, each.against, each.abstaining) for each in self.counts.all()}
        named = {each.name: each.votes for each in self.write_ins.all()}
        return Figures(self.issued, self.returned, self.invalid, votes, self.overvoted, named)


class Count(models.Model):
    """The votes for, against and abstaining of one candidate; they add up to the valid ballots."""

    tally = models.ForeignKey(Tally, models.PROTECT, related_name="counts", verbose_name=_("tally"))
    candidate = models.ForeignKey(Candidate, models.PROTECT, related_name="counts", verbose_name=_("candidate"))
    in_favour = models.PositiveIntegerField(pgettext_lazy("votes", "for"))
    against = models.PositiveIntegerField(pgettext_lazy("votes", "against"))
    abstaining = models.PositiveIntegerField(pgettext_lazy("votes", "abstaining"))

    class Meta:
        verbose_name, verbose_name_plural = _("count"), _("counts")
        ordering = ["tally", "candidate__place", "candidate"]
        constraints = [models.UniqueConstraint(fields=["tally", "candidate"], name="a_candidate_is_counted_once_in_an_entry")]

    def __str__(self) -> str:
        return f"{self.candidate}: {self.in_favour}"


class WriteIn(models.Model):
    """Another name (另选人) that voters wrote beside a vote against, and how many did."""

    tally = models.ForeignKey(Tally, models.PROTECT, related_name="write_ins", verbose_name=_("tally"))
    name = models.CharField(_("name written in"), max_length=120)
    votes = models.PositiveIntegerField(_("votes"))

    class Meta:
        verbose_name, verbose_name_plural = _("write-in"), _("write-ins")
        ordering = ["tally", "-votes", "name"]
        constraints = [
            models.UniqueConstraint(fields=["tally", "name"], name="a_name_is_written_in_once_in_an_entry"),
            models.CheckConstraint(condition=Q(votes__gt=0), name="a_name_written_in_has_votes"),
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.votes}"
