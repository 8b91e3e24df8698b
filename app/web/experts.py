"""Experts: the list with the weeks ahead, the page of one, what he knows, and when he cannot be reached."""

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from app.domain.access import PartyKind, Right
from app.domain.refusal import NotFound, Refusal
from app.domain.walltime import local
from app.phrases.statuses import status_of
from app.queries.absence_effect import absence_effect
from app.queries.expert_pages import ExpertPage, absence_to_change, expert_list, expert_page
from app.queries.names import load_names
from app.queries.service_pages import services_to_choose
from app.usecases import experts
from app.web.answers import page
from app.web.expert_forms import ABSENCE_FIELDS, AbsenceForm, BackForm, ExpertForm
from app.web.forms import version_of
from app.web.routing import Door
from app.web.typed import show_day
from app.web.visit import visit

door = Door()


@door.route("/experts", Right.SEE)
def list_experts() -> ResponseReturnValue:
    with visit().reading() as work:
        found = expert_list(work, visit().zone)
    return page("experts.html", found=found)


@door.route("/experts/new", Right.KEEP_EXPERTS)
def new_expert() -> ResponseReturnValue:
    return _form_page(_expert_form(formdata=None))


@door.route("/experts/new", Right.KEEP_EXPERTS, ("POST",))
def add_expert() -> ResponseReturnValue:
    form = _expert_form()
    if "find" in request.form:
        return _form_page(form)
    try:
        name, services = form.filled_in()
        with visit().writing() as work:
            new = experts.add_expert(work, str(form.supplier.data or ""), name, services)
    except Refusal as refusal:
        form.refuse(refusal)
        return _form_page(form, status=status_of(refusal))
    return redirect(url_for("pages.show_expert", expert_id=new.id))


@door.route("/experts/<expert_id>", Right.SEE)
def show_expert(expert_id: str) -> ResponseReturnValue:
    return page("expert.html", found=_found(expert_id))


@door.route("/experts/<expert_id>/change", Right.KEEP_EXPERTS)
def change_expert_page(expert_id: str) -> ResponseReturnValue:
    found = _found(expert_id)
    known = found.shown.registered
    name = known.name.in_language(visit().language.code)
    form = _expert_form(formdata=None, name=name, services=sorted(known.services), version=str(known.version))
    return _form_page(form, found)


@door.route("/experts/<expert_id>/change", Right.KEEP_EXPERTS, ("POST",))
def change_expert(expert_id: str) -> ResponseReturnValue:
    found, form = _found(expert_id), _expert_form()
    if "find" in request.form:
        return _form_page(form, found)
    try:
        name, services = form.filled_in()
        with visit().writing() as work:
            experts.change_expert(work, expert_id, name, services, version_of(form))
    except Refusal as refusal:
        form.refuse(refusal)
        return _form_page(form, found, status_of(refusal))
    return redirect(url_for("pages.show_expert", expert_id=expert_id))


@door.route("/experts/<expert_id>/absences/new", Right.KEEP_EXPERTS)
def new_absence(expert_id: str) -> ResponseReturnValue:
    return page("absence_form.html", found=_found(expert_id), form=AbsenceForm(visit().language, formdata=None), effect=None)


@door.route("/experts/<expert_id>/absences/new", Right.KEEP_EXPERTS, ("POST",))
def add_absence(expert_id: str) -> ResponseReturnValue:
    """Look at what it would do, or keep it: which, the pressed button says."""
    form = AbsenceForm(visit().language)
    found = _found(expert_id)
    try:
        span, reason = form.absence(visit().zone)
        if "look" in request.form:
            with visit().reading() as work:
                effect = absence_effect(work, expert_id, span)
            return page("absence_form.html", found=found, form=form, effect=effect)
        with visit().writing() as work:
            experts.add_absence(work, expert_id, span, reason, version_of(form))
    except Refusal as refusal:
        form.refuse(refusal, ABSENCE_FIELDS)
        return page("absence_form.html", status_of(refusal), found=found, form=form, effect=None)
    return redirect(url_for("pages.show_expert", expert_id=expert_id))


@door.route("/experts/<expert_id>/absences/<int:number>", Right.KEEP_EXPERTS)
def show_absence(expert_id: str, number: int) -> ResponseReturnValue:
    with visit().reading() as work:
        _, absence = absence_to_change(work, expert_id, number)
    back = local(absence.span.end, visit().zone)
    values = {"end_day": show_day(back.date()), "end_time": back.strftime("%H:%M")}
    return _absence_page(expert_id, number, BackForm(visit().language, formdata=None, **values))


@door.route("/experts/<expert_id>/absences/<int:number>", Right.KEEP_EXPERTS, ("POST",))
def change_absence(expert_id: str, number: int) -> ResponseReturnValue:
    """He is back earlier than he said, or at once: which, the pressed button says."""
    form = BackForm(visit().language)
    try:
        with visit().writing() as work:
            if "end" in request.form:
                experts.end_absence(work, expert_id, number, version_of(form))
            else:
                experts.shorten_absence(work, expert_id, number, form.back(visit().zone), version_of(form))
    except NotFound:
        raise
    except Refusal as refusal:
        form.refuse(refusal, ABSENCE_FIELDS)
        return _absence_page(expert_id, number, form, status_of(refusal))
    return redirect(url_for("pages.show_expert", expert_id=expert_id))


def _absence_page(expert_id: str, number: int, form: BackForm, status: int = 200) -> ResponseReturnValue:
    with visit().reading() as work:
        known, absence = absence_to_change(work, expert_id, number)
        has_begun = absence.span.start < work.now
    return page("absence.html", status, known=known, absence=absence, has_begun=has_begun, form=form)


def _form_page(form: ExpertForm, found: ExpertPage | None = None, status: int = 200) -> ResponseReturnValue:
    """The services to choose from are those of his supplier; an administrator who enters one chooses them afterwards."""
    actor = visit().signed_in
    owner = actor.party if actor.kind is PartyKind.SUPPLIER else found.shown.registered.supplier if found else ""
    with visit().reading() as work:
        choices = services_to_choose(work, form.asked, form.chosen, owner) if owner else []
    known = found.shown.registered if found else None
    return page("expert_form.html", status, form=form, known=known, owner=owner, choices=choices)


def _found(expert_id: str) -> ExpertPage:
    with visit().reading() as work:
        return expert_page(work, expert_id, visit().zone)


def _expert_form(**values: object) -> ExpertForm:
    with visit().reading() as work:
        names = load_names(work)
    return ExpertForm(visit().language, names, **values)
