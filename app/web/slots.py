"""Better times for a window, and why not at this one."""

from urllib.parse import urlencode

from flask import request
from flask.typing import ResponseReturnValue
from wtforms import SelectField, SelectMultipleField, StringField

from app.domain import moved
from app.domain.access import Right
from app.domain.proposals import Proposal
from app.domain.refusal import NotFound, Refusal
from app.domain.walltime import local, local_day, single_instant, wall_of
from app.domain.windows import MOST_ROLLBACK_MINUTES, ChangeType, Impact, Window
from app.phrases.language import Language
from app.phrases.lifecycle import say_type
from app.phrases.statuses import status_of
from app.queries.slots import BetterTimes, Blocked, Wanted, asked_window, better_times, blocked, blocked_window
from app.queries.window_pages import choices, window_page
from app.web.answers import page
from app.web.forms import WINDOW_FIELDS, Form, Reading, WindowForm, member, text_of, time_values, whole
from app.web.routing import Door
from app.web.slot_form import USUAL, SlotForm
from app.web.timeline_hours import day_on, hour_on
from app.web.typed import read_instant, read_wall, show_day
from app.web.visit import visit
from app.web.windows import strip_of, window_form_page

door = Door()
LONGEST_MINUTES = 7 * 24 * 60


@door.route("/windows/slots", Right.PROPOSE, ("POST",))
def find_times() -> ResponseReturnValue:
    """Better times for what is filled in so far; a pressed slot fills the form with that time."""
    form, finder = WindowForm(visit().language), SlotForm(visit().language)
    times: BetterTimes | None = None
    try:
        proposal = form.proposal(is_preview=True)
        with visit().reading() as work:
            window = asked_window(work, proposal)
            if "slot" in request.form:
                form.put(time_values(moved.starting(window, read_instant(request.form["slot"], "start"))))
            else:
                times = better_times(work, window, _wanted(finder, window))
    except NotFound:
        raise
    except Refusal as refusal:
        finder.refuse(refusal)
        form.refuse(refusal, WINDOW_FIELDS)
        return window_form_page(form, None, status_of(refusal), finder)
    return window_form_page(form, None, 200, finder, times)


def _wanted(finder: SlotForm, window: Window) -> Wanted:
    return finder.wanted(window.start.date(), local_day(visit().now, window.zone))


@door.route("/windows/<window_id>/slots", Right.PROPOSE)
def show_times(window_id: str) -> ResponseReturnValue:
    """Better times for a window that is there, and what is in the way where it is now."""
    asked = request.args if "slots_from" in request.args else None
    finder = SlotForm(visit().language, formdata=asked, **USUAL)
    times: BetterTimes | None = None
    with visit().reading() as work:
        found = window_page(work, window_id)
        why = blocked_window(work, window_id)
        try:
            times = better_times(work, found.registered.window, _wanted(finder, found.registered.window))
        except NotFound:
            raise
        except Refusal as refusal:
            finder.refuse(refusal)
    may_move = any(one.step in {"edit", "reschedule"} and not one.why_not for one in found.steps)
    strip = strip_of(times) if times else None
    status = 422 if finder.errors_said and asked else 200
    return page("slots.html", status, found=found, finder=finder, times=times, strip=strip, why=why, may_move=may_move)


class HourForm(Form):
    services = SelectMultipleField("Services", validate_choice=False)
    type = SelectField("Type of change", validate_choice=False)
    day = StringField("Date")
    time = StringField("Start time")
    minutes = StringField("Length in minutes")
    rollback_minutes = StringField("Rollback reserve in minutes")

    def __init__(self, language: Language, **values: object) -> None:
        super().__init__(language, **values)
        self.type.choices = [(str(one), say_type(language, one)) for one in ChangeType]

    def proposal(self, zone: str) -> Proposal:
        """A window at that hour on the reader's clock; of an hour that happens twice the first."""
        reading = Reading()
        start = reading.take(lambda: read_wall(text_of(self.day), text_of(self.time), "start"), None)
        minutes = reading.take(lambda: whole(text_of(self.minutes), "minutes", LONGEST_MINUTES, 15), 15)
        reserve = reading.take(lambda: whole(text_of(self.rollback_minutes) or "0", "rollback_minutes", MOST_ROLLBACK_MINUTES), 0)
        change = reading.take(lambda: member(ChangeType, self.type.data, "type"), ChangeType.NORMAL)
        reading.finish()
        if start is None:
            raise Refusal("missing_field", "day")
        begins = single_instant(start, zone, 0, "start")
        end, end_fold = wall_of(begins + minutes * 60, zone)
        services = frozenset(self.services.data or ())
        return Proposal(services, "", change, Impact.OUTAGE, zone, start, end, reserve, "", "", wall_of(begins, zone)[1], end_fold)


HOUR_FIELDS = {"start": "day", "start_day": "day", "start_time": "time", "end": "day"}


@door.route("/timeline/why-not", Right.PROPOSE)
def show_why_not() -> ResponseReturnValue:
    """Why not at this hour? The blockers of a window there, each with what would lift it."""
    usual = {"day": show_day(local(visit().now, visit().zone).date()), "time": "02:00", "minutes": "120", "rollback_minutes": "60"}
    asked = request.args if "day" in request.args else None
    form = HourForm(visit().language, formdata=asked, **usual, type="normal")
    why: Blocked | None = None
    with visit().reading() as work:
        names = choices(work)
        if asked and asked.get("services"):
            try:
                why = blocked(work, asked_window(work, form.proposal(visit().zone)))
            except NotFound:
                raise
            except Refusal as refusal:
                form.refuse(refusal, HOUR_FIELDS)
        elif asked and "asked" in asked:
            form.refuse(Refusal("empty_services", "services"))
    services = [(one.id, one.name.in_language(visit().language.code)) for one in names.services.values()]
    around = _around(why) if why else ()
    return page("why_not.html", 422 if form.errors_said else 200, form=form, services=services, why=why, around=around)


def _around(why: Blocked) -> list[str]:
    """The same question a day and an hour earlier, and an hour and a day later."""
    zone = visit().zone
    moments = (day_on(why.start, zone, -1), hour_on(why.start, zone, -1), hour_on(why.start, zone, 1), day_on(why.start, zone, 1))
    asked = {name: request.args.getlist(name) for name in ("services", "type", "minutes", "rollback_minutes")}
    return [f"{request.path}?{urlencode({**asked, **moment}, doseq=True)}" for moment in moments]
