"""What a service requires: a requirement that is added, changed or removed, with what that would do before it is saved."""

from collections.abc import Callable

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from app.domain.access import Right
from app.domain.chain import Requirement
from app.domain.refusal import NotFound, Refusal
from app.phrases.statuses import status_of
from app.queries.chain_effect import requirement_effect
from app.queries.service_pages import requirement_to_change, service_page, services_to_choose
from app.store.database import Work
from app.usecases import chain
from app.web.answers import page
from app.web.forms import ReasonForm, text_of, version_of
from app.web.routing import Door
from app.web.service_forms import RequirementForm
from app.web.visit import visit

door = Door()

REQUIREMENT_FIELDS = {"min": "minimum"}


@door.route("/services/<service_id>/requirements/new", Right.KEEP_PARTIES)
def new_requirement(service_id: str) -> ResponseReturnValue:
    return _requirement_page(service_id, RequirementForm(visit().language, formdata=None, minimum="1"))


@door.route("/services/<service_id>/requirements/new", Right.KEEP_PARTIES, ("POST",))
def add_requirement(service_id: str) -> ResponseReturnValue:
    form = RequirementForm(visit().language)
    return _kept(service_id, form, None, lambda work, one: chain.add_requirement(work, one, version_of(form)))


@door.route("/services/<service_id>/requirements/<int:number>", Right.KEEP_PARTIES)
def show_requirement(service_id: str, number: int) -> ResponseReturnValue:
    known = _known(service_id, number)
    form = RequirementForm(visit().language, formdata=None, members=sorted(known.members), minimum=str(known.minimum))
    return _requirement_page(service_id, form, number)


@door.route("/services/<service_id>/requirements/<int:number>", Right.KEEP_PARTIES, ("POST",))
def change_requirement(service_id: str, number: int) -> ResponseReturnValue:
    form = RequirementForm(visit().language)
    _known(service_id, number)
    return _kept(service_id, form, number, lambda work, one: chain.change_requirement(work, number, one, version_of(form)))


@door.route("/services/<service_id>/requirements/<int:number>/remove", Right.KEEP_PARTIES)
def show_removal(service_id: str, number: int) -> ResponseReturnValue:
    return _removal_page(service_id, number, ReasonForm(visit().language, formdata=None))


@door.route("/services/<service_id>/requirements/<int:number>/remove", Right.KEEP_PARTIES, ("POST",))
def remove_requirement(service_id: str, number: int) -> ResponseReturnValue:
    form = ReasonForm(visit().language)
    try:
        with visit().writing() as work:
            chain.remove_requirement(work, service_id, number, text_of(form.reason), version_of(form))
    except NotFound:
        raise
    except Refusal as refusal:
        form.refuse(refusal)
        return _removal_page(service_id, number, form, status_of(refusal))
    return redirect(url_for("pages.show_service", service_id=service_id))


def _kept(
    service_id: str, form: RequirementForm, number: int | None, verb: Callable[[Work, Requirement], None]
) -> ResponseReturnValue:
    """Search among the services, look at what it would do, or keep it: which, the pressed button says."""
    if "find" in request.form:
        return _requirement_page(service_id, form, number)
    try:
        wanted = form.requirement(service_id)
        if "look" in request.form:
            return _requirement_page(service_id, form, number, wanted=wanted)
        with visit().writing() as work:
            verb(work, wanted)
    except NotFound:
        raise
    except Refusal as refusal:
        form.refuse(refusal, REQUIREMENT_FIELDS)
        return _requirement_page(service_id, form, number, status_of(refusal))
    return redirect(url_for("pages.show_service", service_id=service_id))


def _known(service_id: str, number: int) -> Requirement:
    with visit().reading() as work:
        return requirement_to_change(work, service_id, number)


def _requirement_page(
    service_id: str, form: RequirementForm, number: int | None = None, status: int = 200, wanted: Requirement | None = None
) -> ResponseReturnValue:
    with visit().reading() as work:
        found = service_page(work, service_id)
        before = requirement_to_change(work, service_id, number) if number is not None else None
        choices = services_to_choose(work, form.asked, form.chosen)
        effect = requirement_effect(work, before, wanted) if wanted else None
    return page("requirement_form.html", status, found=found, form=form, number=number, choices=choices, effect=effect)


def _removal_page(service_id: str, number: int, form: ReasonForm, status: int = 200) -> ResponseReturnValue:
    with visit().reading() as work:
        found = service_page(work, service_id)
        effect = requirement_effect(work, requirement_to_change(work, service_id, number), None)
    shown = next(one for one in found.requirements if one.number == number)
    return page("requirement_remove.html", status, found=found, shown=shown, form=form, effect=effect)
