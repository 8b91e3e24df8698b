"""Calendar files: a customer uploads one, sees what becomes of it and what does not, and saves it as a peak."""

from dataclasses import replace

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from app.domain.access import Right
from app.domain.refusal import Refusal
from app.domain.register import RegisteredPeak
from app.phrases.statuses import status_of
from app.queries.calendar_files import CalendarPreview, Upload, last_entry, preview_calendar, read_upload
from app.queries.peak_pages import own_services, peak_page
from app.usecases import peaks as usecases
from app.web.answers import page
from app.web.calendar_file_form import CalendarFileForm, calendar_values
from app.web.forms import text_of, version_of
from app.web.routing import Door
from app.web.typed import show_day
from app.web.visit import visit

door = Door()

FIELDS = {"services": "services", "tz": "zone", "rule": "file", "entries": "file"}


@door.route("/peaks/new/calendar", Right.KEEP_PEAKS)
def new_calendar_file() -> ResponseReturnValue:
    blank = {"zone": visit().zone, "severity": "restricted", "scope": "all", "hours_before": "0", "hours_after": "0"}
    return _file_page(CalendarFileForm(visit().language, **blank))


@door.route("/peaks/new/calendar", Right.KEEP_PEAKS, ("POST",))
def register_calendar_file() -> ResponseReturnValue:
    """Read the file and show what becomes of it; save it once that was seen."""
    return _take(None)


@door.route("/peaks/<path:peak_id>/calendar", Right.KEEP_PEAKS)
def renew_calendar_file_page(peak_id: str) -> ResponseReturnValue:
    known = _known(peak_id)
    return _file_page(CalendarFileForm(visit().language, **calendar_values(known, visit().language.code)), known)


@door.route("/peaks/<path:peak_id>/calendar", Right.KEEP_PEAKS, ("POST",))
def renew_calendar_file(peak_id: str) -> ResponseReturnValue:
    """A newer copy of the file; what did not change stays as it is."""
    return _take(_known(peak_id))


def _take(known: RegisteredPeak | None) -> ResponseReturnValue:
    form = CalendarFileForm(visit().language)
    upload = preview = None
    try:
        data = form.uploaded
        if data:
            upload = read_upload(data, form.chosen_zone(), visit().now, form.words(), known.peak if known else None)
            form.keep(upload.rule)
            form.horizon.data = show_day(last_entry(upload.rule).date())
            if not text_of(form.name):
                form.name.data = upload.reading.name
        draft = form.draft(known)
        if "save" in request.form and upload is None:
            with visit().writing() as work:
                kept = (
                    usecases.change_peak(work, known.peak.id, draft, version_of(form))
                    if known
                    else usecases.register_peak(work, draft)
                )
            return redirect(url_for("pages.show_peak", peak_id=kept.peak.id))
        with visit().reading() as work:
            peak = replace(draft.peak, id=draft.peak.id or "-", customer=visit().signed_in.party)
            preview = preview_calendar(work, peak, known.peak if known else None)
    except Refusal as refusal:
        form.refuse(refusal, FIELDS)
        return _file_page(form, known, upload, preview, status_of(refusal))
    return _file_page(form, known, upload, preview)


def _known(peak_id: str) -> RegisteredPeak:
    with visit().reading() as work:
        return peak_page(work, peak_id).registered


def _file_page(
    form: CalendarFileForm,
    known: RegisteredPeak | None = None,
    upload: Upload | None = None,
    preview: CalendarPreview | None = None,
    status: int = 200,
) -> ResponseReturnValue:
    with visit().reading() as work:
        names = own_services(work)
    return page("calendar_file.html", status, form=form, known=known, upload=upload, preview=preview, names=names)
