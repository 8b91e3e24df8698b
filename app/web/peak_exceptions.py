"""One date of a peak, to be taken out or moved; the peak suspended for a while; and an exception put back."""

from datetime import date

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import HiddenField, StringField, TextAreaField

from app.domain.access import Right
from app.domain.peak_exceptions import PeakException, TakenOut
from app.domain.peak_exceptions import put_back as put_back_in
from app.domain.peaks import Move, Suspension
from app.domain.refusal import NotFound, Refusal
from app.domain.walltime import local_day
from app.phrases.statuses import status_of
from app.queries.peak_effect import peak_effect
from app.queries.peak_pages import peak_date, peak_page
from app.usecases.peak_exceptions import make_exception, put_exception_back
from app.web.answers import page
from app.web.forms import LONGEST_TEXT, Form, Reading, ReasonForm, fitting, text_of, version_of
from app.web.routing import Door
from app.web.typed import read_day, show_day
from app.web.visit import visit

door = Door()


class DateForm(Form):
    to = StringField("New date")
    reason = TextAreaField("Reason")
    version = HiddenField()

    def exception(self, day: date, *, is_taken_out: bool) -> tuple[PeakException, str]:
        """What is to happen to that date, and why."""
        reading = Reading()
        to = day if is_taken_out else reading.take(lambda: read_day(text_of(self.to), "to"), day)
        reason = reading.take(lambda: fitting(self.reason, LONGEST_TEXT, is_required=True), "")
        reading.finish()
        return (TakenOut(day) if is_taken_out else Move(day, to)), reason


class SuspensionForm(Form):
    first = StringField("First day")
    last = StringField("Last day")
    reason = TextAreaField("Reason")
    version = HiddenField()

    def exception(self) -> tuple[PeakException, str]:
        reading = Reading()
        first = reading.take(lambda: read_day(text_of(self.first), "first"), date.min)
        last = reading.take(lambda: read_day(text_of(self.last), "last"), date.min)
        reason = reading.take(lambda: fitting(self.reason, LONGEST_TEXT, is_required=True), "")
        reading.finish()
        return Suspension(first, last), reason


@door.route("/peaks/<path:peak_id>/dates/<day>", Right.KEEP_PEAKS)
def show_date(peak_id: str, day: str) -> ResponseReturnValue:
    """A date that was moved leads to its record, where it can be put back."""
    with visit().reading() as work:
        record = peak_date(work, peak_id, _day(day)).page.moved_to(_day(day))
    if record is not None:
        return redirect(url_for("pages.show_exception", peak_id=peak_id, exception=record.id))
    return _date_page(peak_id, _day(day), DateForm(visit().language))


@door.route("/peaks/<path:peak_id>/dates/<day>", Right.KEEP_PEAKS, ("POST",))
def change_date(peak_id: str, day: str) -> ResponseReturnValue:
    """Take it out, or move it: which, the pressed button says."""
    form = DateForm(visit().language)
    try:
        what, reason = form.exception(_day(day), is_taken_out="take_out" in request.form)
        with visit().writing() as work:
            make_exception(work, peak_id, what, reason, version_of(form))
    except NotFound:
        raise
    except Refusal as refusal:
        form.refuse(refusal)
        return _date_page(peak_id, _day(day), form, status_of(refusal))
    return redirect(url_for("pages.show_peak", peak_id=peak_id))


@door.route("/peaks/<path:peak_id>/suspend", Right.KEEP_PEAKS)
def show_suspension(peak_id: str) -> ResponseReturnValue:
    with visit().reading() as work:
        peak = peak_page(work, peak_id).registered.peak
    today = show_day(local_day(visit().now, peak.zone))
    return _suspension_page(peak_id, SuspensionForm(visit().language, first=today))


@door.route("/peaks/<path:peak_id>/suspend", Right.KEEP_PEAKS, ("POST",))
def suspend_peak(peak_id: str) -> ResponseReturnValue:
    form = SuspensionForm(visit().language)
    try:
        what, reason = form.exception()
        with visit().writing() as work:
            make_exception(work, peak_id, what, reason, version_of(form))
    except NotFound:
        raise
    except Refusal as refusal:
        form.refuse(refusal)
        return _suspension_page(peak_id, form, status_of(refusal))
    return redirect(url_for("pages.show_peak", peak_id=peak_id))


@door.route("/peaks/<path:peak_id>/exceptions/<int:exception>", Right.KEEP_PEAKS)
def show_exception(peak_id: str, exception: int) -> ResponseReturnValue:
    return _exception_page(peak_id, exception, ReasonForm(visit().language, formdata=None))


@door.route("/peaks/<path:peak_id>/exceptions/<int:exception>", Right.KEEP_PEAKS, ("POST",))
def put_back(peak_id: str, exception: int) -> ResponseReturnValue:
    form = ReasonForm(visit().language)
    try:
        with visit().writing() as work:
            put_exception_back(work, peak_id, exception, version_of(form))
    except NotFound:
        raise
    except Refusal as refusal:
        form.refuse(refusal)
        return _exception_page(peak_id, exception, form, status_of(refusal))
    return redirect(url_for("pages.show_peak", peak_id=peak_id))


def _day(written: str) -> date:
    try:
        return date.fromisoformat(written)
    except ValueError:
        raise NotFound("page") from None


def _date_page(peak_id: str, day: date, form: DateForm, status: int = 200) -> ResponseReturnValue:
    with visit().reading() as work:
        found = peak_date(work, peak_id, day)
    return page("peak_date.html", status, found=found.page, occurrence=found.occurrence, form=form)


def _suspension_page(peak_id: str, form: SuspensionForm, status: int = 200) -> ResponseReturnValue:
    with visit().reading() as work:
        found = peak_page(work, peak_id)
    return page("peak_suspend.html", status, found=found, form=form)


def _exception_page(peak_id: str, exception: int, form: ReasonForm, status: int = 200) -> ResponseReturnValue:
    with visit().reading() as work:
        found = peak_page(work, peak_id)
        record = next((one for one in found.exceptions if one.id == exception), None)
        if record is None:
            raise NotFound("exception")
        peak = found.registered.peak
        without = put_back_in(peak, record.what, local_day(visit().now, peak.zone))
        effect = peak_effect(work, without, found.dates.calendars)
    return page("peak_exception.html", status, found=found, record=record, form=form, effect=effect)
