"""The agreed maintenance slots of services: what they are, and how they are agreed anew."""

from collections.abc import Callable

from flask import redirect, url_for
from flask.typing import ResponseReturnValue
from wtforms import HiddenField, SelectField, SelectMultipleField, StringField

from app.domain.access import Right
from app.domain.agreed_slots import AgreedSlot
from app.domain.anchors import Weekday
from app.domain.peaks import DailyHours
from app.domain.refusal import NotFound, Problem, Refusal
from app.domain.walltime import ZONE_NAMES, local_day
from app.phrases.calendars import say_weekday
from app.phrases.language import Language
from app.phrases.statuses import status_of
from app.queries.service_pages import slots_page
from app.store.database import Work
from app.usecases.agreed_slots import agree_slot, end_slot, set_policy
from app.web.answers import page
from app.web.forms import Form, Reading, text_of, version_of
from app.web.routing import Door
from app.web.typed import read_day, read_minutes, show_day
from app.web.visit import visit

door = Door()
SLOT_FIELDS = {"tz": "zone", "rrule": "rule"}
END_FIELDS = {"valid_until": "last"}


class AgreedSlotForm(Form):
    weekdays = SelectMultipleField("On these days", validate_choice=False)
    rule = StringField("Or a recurrence")
    start = StringField("Start time")
    end = StringField("End time")
    zone = StringField("Time zone")
    valid_from = StringField("Holds from")
    valid_until = StringField("Holds up to and including")
    closed = SelectField("Outside its slots", validate_choice=False)
    last = StringField("Last day")
    version = HiddenField()

    def __init__(self, language: Language, **values: object) -> None:
        super().__init__(language, **values)
        self.weekdays.choices = [(day.name, say_weekday(language, day)) for day in Weekday]
        self.closed.choices = [("", language.t("maintenance is possible")), ("1", language.t("no maintenance"))]

    def slot(self) -> AgreedSlot:
        """What was filled in, every problem told at once. Weekdays make a recurrence of every week."""
        reading = Reading()
        start = reading.take(lambda: read_minutes(text_of(self.start), "start"), 0)
        end = reading.take(lambda: read_minutes(text_of(self.end), "end"), 0)
        first = reading.take(lambda: read_day(text_of(self.valid_from), "valid_from"), None)
        last = reading.take(lambda: read_day(text_of(self.valid_until), "valid_until") if text_of(self.valid_until) else None, None)
        chosen = [day.name for day in Weekday if day.name in (self.weekdays.data or ())]
        rule = text_of(self.rule) or ("FREQ=WEEKLY;BYDAY=" + ",".join(chosen) if chosen else "")
        if not rule:
            reading.problems.insert(0, Problem("missing_field", "weekdays"))
        reading.finish()
        if first is None:
            raise Refusal("missing_field", "valid_from")
        return AgreedSlot(rule, DailyHours(start, end), text_of(self.zone), first, last)


@door.route("/services/<service_id>/slots", Right.SEE)
def show_agreed_slots(service_id: str) -> ResponseReturnValue:
    return _page(service_id, None)


@door.route("/services/<service_id>/slots", Right.PROPOSE, ("POST",))
def add_agreed_slot(service_id: str) -> ResponseReturnValue:
    return _kept(service_id, lambda work, form: agree_slot(work, service_id, form.slot(), version_of(form)))


@door.route("/services/<service_id>/slots/policy", Right.PROPOSE, ("POST",))
def change_slot_policy(service_id: str) -> ResponseReturnValue:
    def change(work: Work, form: AgreedSlotForm) -> None:
        set_policy(work, service_id, is_closed_outside=form.closed.data == "1", seen_version=version_of(form))

    return _kept(service_id, change)


@door.route("/services/<service_id>/slots/<int:slot>/end", Right.PROPOSE, ("POST",))
def end_agreed_slot(service_id: str, slot: int) -> ResponseReturnValue:
    """The slot holds up to and including a day."""

    def end(work: Work, form: AgreedSlotForm) -> None:
        end_slot(work, service_id, slot, read_day(text_of(form.last), "last"), version_of(form))

    return _kept(service_id, end, slot)


def _kept(service_id: str, verb: Callable[[Work, AgreedSlotForm], None], ended: int | None = None) -> ResponseReturnValue:
    form = AgreedSlotForm(visit().language)
    try:
        with visit().writing() as work:
            verb(work, form)
    except NotFound:
        raise
    except Refusal as refusal:
        form.refuse(refusal, SLOT_FIELDS if ended is None else END_FIELDS)
        return _page(service_id, form, status_of(refusal), ended)
    return redirect(url_for("pages.show_service", service_id=service_id))


def _page(service_id: str, form: AgreedSlotForm | None, status: int = 200, ended: int | None = None) -> ResponseReturnValue:
    with visit().reading() as work:
        agreed, names = slots_page(work, service_id)
    if form and ended is not None and ended not in {one.id for one in agreed.slots if one.valid_until is None}:
        form.tell_above()
    today = local_day(visit().now, visit().zone)
    usual = {"zone": visit().zone, "valid_from": show_day(today), "closed": "1" if agreed.is_closed_outside else ""}
    blank = AgreedSlotForm(visit().language, formdata=None, last=show_day(today), **usual)
    return page(
        "agreed_slots.html",
        status,
        agreed=agreed,
        names=names,
        form=form or blank,
        adding=blank if form is None or ended is not None else form,
        ended=ended,
        blank=blank,
        zones=sorted(ZONE_NAMES),
    )
