"""Working-day calendars: which there are, the days off of a year, and how they are put right."""

from calendar import monthcalendar
from datetime import date

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from app.domain.access import Right
from app.domain.anchor_dates import FIRST_DAY, LAST_DAY
from app.domain.refusal import NotFound, Refusal
from app.domain.walltime import local_day
from app.phrases.statuses import status_of
from app.queries.calendar_pages import CalendarPage, calendar_list, calendar_page
from app.usecases import calendars as usecases
from app.web.answers import page
from app.web.calendar_form import CalendarForm, DaysForm
from app.web.forms import LONGEST_NUMBER, text_of, version_of
from app.web.routing import Door
from app.web.visit import visit

door = Door()


@door.route("/calendars", Right.SEE)
def list_calendars() -> ResponseReturnValue:
    with visit().reading() as work:
        found = calendar_list(work)
    return page("calendars.html", found=found)


@door.route("/calendars/new", Right.KEEP_CALENDARS)
def new_calendar() -> ResponseReturnValue:
    with visit().reading() as work:
        names = calendar_list(work).names
    return page("calendar_form.html", form=CalendarForm(visit().language, names))


@door.route("/calendars/new", Right.KEEP_CALENDARS, ("POST",))
def add_calendar() -> ResponseReturnValue:
    with visit().reading() as work:
        names = calendar_list(work).names
    form = CalendarForm(visit().language, names)
    try:
        draft = form.draft()
        with visit().writing() as work:
            added = usecases.add_calendar(work, draft)
    except Refusal as refusal:
        form.refuse(refusal)
        return page("calendar_form.html", status_of(refusal), form=form)
    return redirect(url_for("pages.show_calendar", name=added.name))


@door.route("/calendars/<path:name>", Right.SEE)
def show_calendar(name: str) -> ResponseReturnValue:
    found = _found(name)
    return _calendar_page(found, DaysForm(visit().language, found, formdata=None, version=str(found.version.number)))


@door.route("/calendars/<path:name>", Right.KEEP_CALENDARS, ("POST",))
def change_calendar(name: str) -> ResponseReturnValue:
    found = _found(name)
    if not found.may_change:
        raise Refusal("not_allowed", right=Right.KEEP_CALENDARS)
    form = DaysForm(visit().language, found)
    try:
        days = form.days()
        with visit().writing() as work:
            usecases.change_days(work, name, days, text_of(form.reason), version_of(form))
    except NotFound:
        raise
    except Refusal as refusal:
        form.refuse(refusal)
        return _calendar_page(found, form, status_of(refusal))
    return redirect(url_for("pages.show_calendar", name=name, year=days[0].day.year))


def _found(name: str) -> CalendarPage:
    with visit().reading() as work:
        return calendar_page(work, name, _year(), _number())


def _number() -> int | None:
    """Which version is asked for; None for the last one, also when that makes no sense."""
    text = request.args.get("version", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) <= LONGEST_NUMBER else None


def _year() -> int:
    """The year that is asked for, or (also when that makes no sense) the present one where the reader is."""
    text = request.args.get("year", "")
    if text.isascii() and text.isdigit() and FIRST_DAY.year <= int(text[:5]) <= LAST_DAY.year:
        return int(text[:5])
    return local_day(visit().now, visit().zone).year


def _calendar_page(found: CalendarPage, form: DaysForm, status: int = 200) -> ResponseReturnValue:
    """With a small picture of each month: its weeks from Monday, 0 where a day is of another month."""
    months = [(date(found.year, month, 1), monthcalendar(found.year, month)) for month in range(1, 13)]
    off = {one.day: one for one in reversed(found.days)}
    years = range(FIRST_DAY.year, LAST_DAY.year + 1)
    return page("calendar.html", status, found=found, form=form, months=months, off=off, years=years, date=date)
