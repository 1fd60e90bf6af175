"""Enquiries: questions to the office, from the portal, by telephone or at the counter."""

import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from alliance import clock
from alliance.history.fields import kept_history
from applications.choices import EnquiryState, EnquiryTopic, EnquiryWay
from applications.querysets import EnquiryQuerySet, FrequentQuestionQuerySet

LONGEST_QUESTION = 300  # of one for everybody to read


class Enquiry(models.Model):
    """One question and its answer. Whoever asks says only how to reach them."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    topic = models.CharField(_("topic"), max_length=10, choices=EnquiryTopic)
    way = models.CharField(_("came in"), max_length=10, choices=EnquiryWay, default=EnquiryWay.PORTAL)
    name = models.CharField(_("who asks"), max_length=60)
    unit_name = models.CharField(_("unit"), max_length=120, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(_("telephone"), max_length=30, blank=True)
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES, default="zh-hans")
    words = models.TextField(_("question"), max_length=2000)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="enquiries", verbose_name=_("account")
    )
    asked_at = models.DateTimeField(_("asked at"), default=clock.now)
    due_at = models.DateTimeField(_("to be answered by"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=EnquiryState, default=EnquiryState.ASKED)
    answer = models.TextField(_("answer"), max_length=4000, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("answered by")
    )
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True)

    objects = EnquiryQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("enquiry"), _("enquiries")
        ordering = ["-asked_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(email="") | ~Q(phone="") | Q(asked_by__isnull=False),
                name="who_asks_can_be_reached",
                violation_error_message=_("An e-mail address or a telephone number is needed, for the answer."),
            ),
            models.CheckConstraint(
                condition=~Q(state=EnquiryState.ANSWERED) | (~Q(answer="") & Q(answered_by__isnull=False, answered_at__isnull=False)),
                name="an_answered_enquiry_has_its_answer",
            ),
        ]

    def __str__(self) -> str:
        return self.words[:40]

    def get_absolute_url(self) -> str:
        return reverse("enquiry", args=[self.uuid])

    @property
    def address(self) -> str:
        """Where a letter about it goes; empty where only the telephone is left."""
        return self.email or (self.asked_by.email if self.asked_by else "")

    @property
    def is_overdue(self) -> bool:
        return self.state == EnquiryState.ASKED and self.due_at is not None and self.due_at <= clock.now()

    @property
    def thread(self) -> list[dict[str, Any]]:
        """Everything said, in the order it was said: the question, the first answer, and what followed."""
        said = [{"is_office": False, "words": self.words, "at": self.asked_at}]
        said += [{"is_office": each.is_office, "words": each.words, "at": each.at} for each in self.messages.all()]
        if self.answer:
            said.append({"is_office": True, "words": self.answer, "at": self.answered_at})
        return sorted(said, key=lambda each: each["at"])


class EnquiryMessage(models.Model):
    """One further word in the thread of an enquiry: by who asked, or by the office."""

    enquiry = models.ForeignKey(Enquiry, models.PROTECT, related_name="messages", verbose_name=_("enquiry"))
    is_office = models.BooleanField(_("from the office"))
    words = models.TextField(_("words"), max_length=4000)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("at"), default=clock.now)

    class Meta:
        verbose_name, verbose_name_plural = _("message of an enquiry"), _("messages of enquiries")
        ordering = ["id"]
        constraints = [models.CheckConstraint(condition=~Q(words=""), name="a_message_says_something")]

    def __str__(self) -> str:
        return self.words[:40]


class FrequentQuestion(models.Model):
    """A question that many ask, with its answer, for everybody to read; in one language."""

    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES, default="zh-hans")
    question = models.CharField(_("question"), max_length=LONGEST_QUESTION)
    answer = models.TextField(_("answer"), max_length=4000)
    topic = models.CharField(_("topic"), max_length=10, choices=EnquiryTopic, default=EnquiryTopic.JOINING)
    position = models.PositiveSmallIntegerField(_("position"), default=100)
    is_shown = models.BooleanField(_("shown"), default=True)
    came_from = models.ForeignKey(
        Enquiry, models.PROTECT, null=True, blank=True, related_name="frequent_questions", verbose_name=_("came from")
    )
    history = kept_history()

    objects = FrequentQuestionQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("frequent question"), _("frequent questions")
        ordering = ["language", "position", "id"]

    def __str__(self) -> str:
        return self.question
