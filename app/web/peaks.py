"""Peaks: a customer's list, the form with its dates read back, and one peak with its record."""

from dataclasses import replace

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from app.domain.access import Right
from app.domain.peaks import Peak
from app.domain.refusal import NotFound, Refusal
from app.domain.walltime import ZONE_NAMES
from app.phrases.peaks import KINDS
from app.queries.peak_pages import PeakPage, own_services, peak_list, peak_page, preview_peak
from app.usecases import peaks as usecases
from app.web.answers import page, status_of
from app.web.forms import ReasonForm, text_of, version_of
from app.web.peak_form import PeakForm, kind_of, peak_values
from app.web.routing import Door
from app.web.visit import visit

door = Door()

PEAK_FIELDS = {
    "services": "services",
    "tz": "zone",
    "n": "nth",
    "key": "holiday",
    "offset_days": "offset",
    "weekday": "weekday",
    "month": "month",
    "day": "day",
}


@door.route("/peaks", Right.SEE)
def list_peaks() -> ResponseReturnValue:
    with visit().reading() as work:
        found = peak_list(work, request.args.get("customer") or None)
    return page("peaks.html", found=found)


@door.route("/peaks/new", Right.KEEP_PEAKS)
def choose_kind() -> ResponseReturnValue:
    return page("peak_kinds.html", kinds=KINDS)


@door.route("/peaks/new/<kind>", Right.KEEP_PEAKS)
def new_peak(kind: str) -> ResponseReturnValue:
    _require_kind(kind)
    blank = {"zone": visit().zone, "severity": "restricted", "scope": "all", "lead_before": "0", "lead_after": "0", "offset": "0"}
    return _peak_form(PeakForm(visit().language, **blank), kind)


@door.route("/peaks/new/<kind>", Right.KEEP_PEAKS, ("POST",))
def register_peak(kind: str) -> ResponseReturnValue:
    _require_kind(kind)
    form = PeakForm(visit().language)
    try:
        draft = form.draft(kind)
        with visit().writing() as work:
            kept = usecases.register_peak(work, draft)
    except Refusal as refusal:
        form.refuse(refusal, PEAK_FIELDS)
        return _peak_form(form, kind, None, status_of(refusal))
    return redirect(url_for("pages.show_peak", peak_id=kept.peak.id))


@door.route("/peaks/dates/<kind>", Right.KEEP_PEAKS, ("POST",))
def show_dates(kind: str) -> ResponseReturnValue:
    """The rule as filled in so far, read back in words with its next dates, before anything is saved."""
    form = PeakForm(visit().language)
    try:
        draft = form.draft(kind, _known(request.args.get("peak", "")), is_preview=True)
        with visit().reading() as work:
            dates = preview_peak(work, replace(draft.peak, id="-", customer=visit().signed_in.party))
    except NotFound:
        raise
    except Refusal as refusal:
        form.refuse(refusal, PEAK_FIELDS)
        return page("check_waiting.html", form=form)
    return page("peak_dates.html", dates=dates)


@door.route("/peaks/<path:peak_id>/change", Right.KEEP_PEAKS)
def change_peak_page(peak_id: str) -> ResponseReturnValue:
    with visit().reading() as work:
        known = peak_page(work, peak_id)
    form = PeakForm(visit().language, **peak_values(known.registered, visit().language.code))
    return _peak_form(form, kind_of(known.registered.peak.rule), known)


@door.route("/peaks/<path:peak_id>/change", Right.KEEP_PEAKS, ("POST",))
def change_peak(peak_id: str) -> ResponseReturnValue:
    form = PeakForm(visit().language)
    with visit().reading() as work:
        known = peak_page(work, peak_id)
    kind = kind_of(known.registered.peak.rule)
    try:
        draft = form.draft(kind, known.registered.peak)
        with visit().writing() as work:
            usecases.change_peak(work, peak_id, draft, version_of(form))
    except Refusal as refusal:
        form.refuse(refusal, PEAK_FIELDS)
        return _peak_form(form, kind, known, status_of(refusal))
    return redirect(url_for("pages.show_peak", peak_id=peak_id))


@door.route("/peaks/<path:peak_id>/remove", Right.KEEP_PEAKS, ("POST",))
def remove_peak(peak_id: str) -> ResponseReturnValue:
    form = ReasonForm(visit().language)
    try:
        with visit().writing() as work:
            usecases.remove_peak(work, peak_id, text_of(form.reason), version_of(form))
    except NotFound:
        raise
    except Refusal as refusal:
        form.refuse(refusal)
        return _peak_page(peak_id, form, status_of(refusal))
    return redirect(url_for("pages.list_peaks"))


@door.route("/peaks/<path:peak_id>", Right.SEE)
def show_peak(peak_id: str) -> ResponseReturnValue:
    return _peak_page(peak_id, ReasonForm(visit().language, formdata=None))


def _require_kind(kind: str) -> None:
    if kind not in KINDS:
        raise NotFound("page")


def _known(peak_id: str) -> Peak | None:
    if not peak_id:
        return None
    with visit().reading() as work:
        return peak_page(work, peak_id).registered.peak


def _peak_form(form: PeakForm, kind: str, known: PeakPage | None = None, status: int = 200) -> ResponseReturnValue:
    with visit().reading() as work:
        names = own_services(work)
    return page("peak_form.html", status, form=form, kind=kind, known=known, names=names, zones=sorted(ZONE_NAMES))


def _peak_page(peak_id: str, form: ReasonForm, status: int = 200) -> ResponseReturnValue:
    with visit().reading() as work:
        found = peak_page(work, peak_id)
    return page("peak.html", status, found=found, form=form)
