"""Peaks: a customer's list, the form with its dates read back, and one peak with its record."""

from dataclasses import replace

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from app.adapters.peak_templates import peak_templates
from app.domain.access import PartyKind, Right
from app.domain.occurrences import Occurrence
from app.domain.peak_templates import PeakTemplate
from app.domain.refusal import NotFound, Refusal
from app.domain.walltime import ZONE_NAMES, local_day
from app.phrases.peaks import KINDS
from app.phrases.statuses import status_of
from app.phrases.templates import sector_of, templates_by_sector
from app.queries.freshness import freshness
from app.queries.peak_effect import peak_effect
from app.queries.peak_pages import PeakPage, calendars_to_count_with, own_services, peak_list, peak_page, preview_peak
from app.usecases import peaks as usecases
from app.web.answers import page
from app.web.forms import ReasonForm, text_of, version_of
from app.web.peak_form import Known, PeakForm, peak_values
from app.web.routing import Door
from app.web.rule_form import kind_of
from app.web.visit import visit

door = Door()

PEAK_FIELDS = {"tz": "zone", "n": "nth", "key": "holiday"}
"""Beside which field a "no" is shown that speaks of the written rule."""
LONGEST_SEARCH = 80


@door.route("/peaks", Right.SEE)
def list_peaks() -> ResponseReturnValue:
    with visit().reading() as work:
        chosen = request.args.get("customer") or None
        found = peak_list(work, chosen)
        whose = visit().signed_in.party if visit().signed_in.kind is PartyKind.CUSTOMER else chosen
        is_known = whose in found.names.parties and visit().signed_in.kind is not PartyKind.SUPPLIER
        fresh = freshness(work, whose) if whose and is_known else None
    return page("peaks.html", found=found, fresh=fresh)


@door.route("/peaks/new", Right.KEEP_PEAKS)
def choose_template() -> ResponseReturnValue:
    """The ways to a new peak: a template that is found or chosen, or a rule of one's own."""
    asked = request.args.get("q", "")[:LONGEST_SEARCH]
    with visit().reading() as work:
        party = own_services(work).parties[visit().signed_in.party]
    own = sector_of(party.sector)
    found = templates_by_sector(asked, own)
    return page("peak_kinds.html", asked=asked, found=found, own=own, kinds=KINDS, kind_of=kind_of)


@door.route("/peaks/new/<kind>", Right.KEEP_PEAKS)
def new_peak(kind: str) -> ResponseReturnValue:
    template = _template(kind)
    blank = {"zone": visit().zone, "severity": "restricted", "scope": "all", "lead_before": "0", "lead_after": "0"}
    values = peak_values(visit().language, template) if template else blank
    return _peak_form(_form(kind, **values), template)


@door.route("/peaks/new/<kind>", Right.KEEP_PEAKS, ("POST",))
def register_peak(kind: str) -> ResponseReturnValue:
    template = _template(kind)
    form = _form(kind)
    try:
        draft = form.draft(template)
        with visit().writing() as work:
            kept = usecases.register_peak(work, draft)
    except Refusal as refusal:
        form.refuse(refusal, PEAK_FIELDS)
        return _peak_form(form, template, status=status_of(refusal))
    return redirect(url_for("pages.show_peak", peak_id=kept.peak.id))


@door.route("/peaks/dates/<kind>", Right.KEEP_PEAKS, ("POST",))
def show_dates(kind: str) -> ResponseReturnValue:
    """The rule as filled in so far, read back in words with its next dates, before anything is saved."""
    form = _form(kind)
    try:
        draft = form.draft(_opened(kind), is_preview=True)
        with visit().reading() as work:
            peak = replace(draft.peak, id=request.args.get("peak") or "-", customer=visit().signed_in.party)
            dates = preview_peak(work, peak)
            effect = peak_effect(work, peak, dates.calendars)
    except NotFound:
        raise
    except Refusal as refusal:
        form.refuse(refusal, PEAK_FIELDS)
        return page("check_waiting.html", form=form)
    return page("peak_read_back.html", dates=dates, effect=effect)


@door.route("/peaks/<path:peak_id>/change", Right.KEEP_PEAKS)
def change_peak_page(peak_id: str) -> ResponseReturnValue:
    with visit().reading() as work:
        known = peak_page(work, peak_id)
    kind = kind_of(known.registered.peak.rule)
    form = _form(kind, **peak_values(visit().language, known.registered))
    return _peak_form(form, known=known)


@door.route("/peaks/<path:peak_id>/change", Right.KEEP_PEAKS, ("POST",))
def change_peak(peak_id: str) -> ResponseReturnValue:
    with visit().reading() as work:
        known = peak_page(work, peak_id)
    form = _form(kind_of(known.registered.peak.rule))
    try:
        draft = form.draft(known.registered)
        with visit().writing() as work:
            usecases.change_peak(work, peak_id, draft, version_of(form))
    except Refusal as refusal:
        form.refuse(refusal, PEAK_FIELDS)
        return _peak_form(form, known=known, status=status_of(refusal))
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


def _form(kind: str, **values: object) -> PeakForm:
    with visit().reading() as work:
        known = calendars_to_count_with(work)
    return PeakForm(visit().language, kind, known, **values)


def _template(kind: str) -> PeakTemplate | None:
    """The template that was chosen, when one was; it can only be opened in the form that shows its rule."""
    chosen = request.args.get("template")
    template = peak_templates().get(chosen or "")
    if kind not in KINDS or (chosen is not None and (template is None or kind_of(template.peak.rule) != kind)):
        raise NotFound("page")
    return template


def _opened(kind: str) -> Known | None:
    """The peak or template that a form was opened with."""
    peak_id = request.args.get("peak", "")
    if not peak_id:
        return _template(kind)
    with visit().reading() as work:
        return peak_page(work, peak_id).registered


def _peak_form(
    form: PeakForm, template: PeakTemplate | None = None, known: PeakPage | None = None, status: int = 200
) -> ResponseReturnValue:
    with visit().reading() as work:
        names = own_services(work)
    today = local_day(visit().now, visit().zone)
    return page(
        "peak_form.html", status, form=form, template=template, known=known, names=names, zones=sorted(ZONE_NAMES), today=today
    )


def _peak_page(peak_id: str, form: ReasonForm, status: int = 200) -> ResponseReturnValue:
    with visit().reading() as work:
        found = peak_page(work, peak_id)

    def date_link(one: Occurrence) -> str:
        return url_for("pages.show_date", peak_id=peak_id, day=one.anchor.isoformat())

    return page("peak.html", status, found=found, form=form, date_link=date_link)
