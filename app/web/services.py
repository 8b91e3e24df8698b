"""Services: the list, the page of one with its place in the chain, the form, and who uses it."""

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from app.domain.access import Right
from app.domain.refusal import NotFound, Refusal
from app.phrases.statuses import status_of
from app.queries.chain_effect import use_effect
from app.queries.names import load_names
from app.queries.service_pages import ServicePage, customer_of, service_list, service_page
from app.usecases import chain
from app.web.answers import page
from app.web.forms import ReasonForm, text_of, version_of
from app.web.routing import Door
from app.web.service_forms import LONGEST_SEARCH, ServiceForm
from app.web.service_picture import picture_of
from app.web.typed import show_day
from app.web.visit import visit

door = Door()


@door.route("/services", Right.SEE)
def list_services() -> ResponseReturnValue:
    asked = request.args.get("q", "").strip()[:LONGEST_SEARCH]
    with visit().reading() as work:
        found = service_list(work, asked)
    return page("services.html", found=found, asked=asked)


@door.route("/services/new", Right.KEEP_PARTIES)
def new_service() -> ResponseReturnValue:
    return page("service_form.html", form=_service_form(required="1"), known=None)


@door.route("/services/new", Right.KEEP_PARTIES, ("POST",))
def add_service() -> ResponseReturnValue:
    form = _service_form()
    try:
        new = form.new()
        with visit().writing() as work:
            chain.add_service(work, new)
    except Refusal as refusal:
        form.refuse(refusal)
        return page("service_form.html", status_of(refusal), form=form, known=None)
    return redirect(url_for("pages.show_service", service_id=new.id))


@door.route("/services/<service_id>", Right.SEE)
def show_service(service_id: str) -> ResponseReturnValue:
    found = _found(service_id)
    drawing = picture_of(visit().language, found.picture, found.names) if found.picture else None
    return page("service.html", found=found, drawing=drawing)


@door.route("/services/<service_id>/change", Right.KEEP_PARTIES)
def change_service_page(service_id: str) -> ResponseReturnValue:
    known = _found(service_id).service
    values = {"name_nl": known.name.nl, "name_en": known.name.en, "required": str(known.required), "version": str(known.version)}
    values |= {"supported_until": show_day(known.supported_until) if known.supported_until else "", "successor": known.successor}
    return page("service_form.html", form=_service_form(**values), known=known)


@door.route("/services/<service_id>/change", Right.KEEP_PARTIES, ("POST",))
def change_service(service_id: str) -> ResponseReturnValue:
    known = _found(service_id).service
    form = _service_form()
    try:
        draft = form.changed()
        with visit().writing() as work:
            chain.change_service(work, service_id, draft, version_of(form))
    except Refusal as refusal:
        form.refuse(refusal)
        return page("service_form.html", status_of(refusal), form=form, known=known)
    return redirect(url_for("pages.show_service", service_id=service_id))


@door.route("/services/<service_id>/use", Right.KEEP_PARTIES)
def show_use(service_id: str) -> ResponseReturnValue:
    """A customer that uses the service and could do so no longer, or does not and could begin; which windows that touches."""
    return _use_page(service_id, ReasonForm(visit().language, formdata=None))


@door.route("/services/<service_id>/use", Right.KEEP_PARTIES, ("POST",))
def change_use(service_id: str) -> ResponseReturnValue:
    """Begin or end it: which, the pressed button says."""
    form = ReasonForm(visit().language)
    try:
        with visit().writing() as work:
            if "end" in request.form:
                chain.end_use(work, _customer(), service_id, text_of(form.reason), version_of(form))
            else:
                chain.add_use(work, _customer(), service_id, version_of(form))
    except NotFound:
        raise
    except Refusal as refusal:
        form.refuse(refusal)
        return _use_page(service_id, form, status_of(refusal))
    return redirect(url_for("pages.show_service", service_id=service_id))


def _customer() -> str:
    return request.args.get("customer", "")[:80]


def _use_page(service_id: str, form: ReasonForm, status: int = 200) -> ResponseReturnValue:
    with visit().reading() as work:
        service, customer, is_used = customer_of(work, service_id, _customer())
        effect = use_effect(work, customer.id, service_id)
    return page("service_use.html", status, service=service, customer=customer, is_used=is_used, effect=effect, form=form)


def _found(service_id: str) -> ServicePage:
    with visit().reading() as work:
        return service_page(work, service_id)


def _service_form(**values: object) -> ServiceForm:
    with visit().reading() as work:
        names = load_names(work)
    return ServiceForm(visit().language, names, **values)
