"""Calendars elsewhere that peaks follow: a list, one with its state in words, and what its customer decides about it."""

from flask import redirect, url_for
from flask.typing import ResponseReturnValue

from app.adapters.outside import Reach
from app.adapters.sealing import address_seal
from app.domain.access import Right
from app.domain.refusal import NotFound, Refusal
from app.domain.spans import Instant
from app.domain.walltime import ZONE_NAMES
from app.phrases.statuses import status_of
from app.queries.peak_pages import own_services
from app.queries.subscriptions import SubscriptionPage, subscription_list, subscription_page
from app.usecases import subscriptions as usecases
from app.usecases.subscriptions import SubscriptionDraft
from app.web.answers import page
from app.web.forms import ReasonForm, text_of, version_of
from app.web.routing import Door
from app.web.subscription_form import SubscriptionForm, subscription_values
from app.web.visit import visit

door = Door()

FIELDS = {"services": "services", "tz": "zone"}


@door.route("/subscriptions", Right.SEE)
def list_subscriptions() -> ResponseReturnValue:
    with visit().reading() as work:
        found = subscription_list(work)
    return page("subscriptions.html", found=found)


@door.route("/subscriptions/new", Right.KEEP_PEAKS)
def new_subscription() -> ResponseReturnValue:
    blank = {"zone": visit().zone, "severity": "restricted", "scope": "all", "before": "2", "after": "3"}
    return _form(SubscriptionForm(visit().language, **blank))


@door.route("/subscriptions/new", Right.KEEP_PEAKS, ("POST",))
def subscribe() -> ResponseReturnValue:
    form = SubscriptionForm(visit().language)
    try:
        draft = _draft(form, is_new=True)
        with visit().writing() as work:
            new = usecases.subscribe(work, draft)
    except Refusal as refusal:
        form.refuse(refusal, FIELDS)
        return _form(form, None, status_of(refusal))
    return redirect(url_for("pages.show_subscription", key=new.id))


@door.route("/subscriptions/<int:key>", Right.SEE)
def show_subscription(key: int) -> ResponseReturnValue:
    return _page(key, ReasonForm(visit().language, formdata=None))


@door.route("/subscriptions/<int:key>/change", Right.KEEP_PEAKS)
def change_subscription_page(key: int) -> ResponseReturnValue:
    known = _known(key)
    values = subscription_values(known.state.registered, known.state.subscription.version, visit().language.code)
    return _form(SubscriptionForm(visit().language, **values), known)


@door.route("/subscriptions/<int:key>/change", Right.KEEP_PEAKS, ("POST",))
def change_subscription(key: int) -> ResponseReturnValue:
    form, known = SubscriptionForm(visit().language), _known(key)
    try:
        draft = _draft(form, is_new=False)
        with visit().writing() as work:
            usecases.change_subscription(work, key, draft, version_of(form))
    except Refusal as refusal:
        form.refuse(refusal, FIELDS)
        return _form(form, known, status_of(refusal))
    return redirect(url_for("pages.show_subscription", key=key))


@door.route("/subscriptions/<int:key>/refresh", Right.KEEP_PEAKS, ("POST",))
def refresh_subscription(key: int) -> ResponseReturnValue:
    """Nothing is fetched here: the worker does that next."""
    with visit().writing() as work:
        usecases.ask_now(work, key)
    return redirect(url_for("pages.show_subscription", key=key))


@door.route("/subscriptions/<int:key>/accept", Right.KEEP_PEAKS, ("POST",))
def accept_held(key: int) -> ResponseReturnValue:
    form = ReasonForm(visit().language)
    with visit().writing() as work:
        usecases.accept_held(work, key, _seen_at(form))
    return redirect(url_for("pages.show_subscription", key=key))


@door.route("/subscriptions/<int:key>/keep", Right.KEEP_PEAKS, ("POST",))
def keep_old(key: int) -> ResponseReturnValue:
    form = ReasonForm(visit().language)
    with visit().writing() as work:
        usecases.keep_old(work, key, _seen_at(form))
    return redirect(url_for("pages.show_subscription", key=key))


@door.route("/subscriptions/<int:key>/stop", Right.KEEP_PEAKS, ("POST",))
def stop_subscription(key: int) -> ResponseReturnValue:
    form = ReasonForm(visit().language)
    try:
        with visit().writing() as work:
            usecases.stop(work, key, text_of(form.reason))
    except NotFound:
        raise
    except Refusal as refusal:
        form.refuse(refusal)
        return _page(key, form, status_of(refusal))
    return redirect(url_for("pages.list_subscriptions"))


def _seen_at(form: ReasonForm) -> Instant:
    """When the copy was held that somebody looked at; a form without that is out of date."""
    text = text_of(form.version)
    return int(text) if text.isascii() and text.isdigit() and len(text) < 12 else -1


def _draft(form: SubscriptionForm, *, is_new: bool) -> SubscriptionDraft:
    settings = visit().settings
    reach = Reach(settings.calendar_networks, settings.calendar_ports)
    return form.draft(address_seal(settings.secret_key), reach, is_new=is_new)


def _known(key: int) -> SubscriptionPage:
    with visit().reading() as work:
        return subscription_page(work, key)


def _form(form: SubscriptionForm, known: SubscriptionPage | None = None, status: int = 200) -> ResponseReturnValue:
    with visit().reading() as work:
        names = own_services(work)
    return page("subscription_form.html", status, form=form, known=known, names=names, zones=sorted(ZONE_NAMES))


def _page(key: int, form: ReasonForm, status: int = 200) -> ResponseReturnValue:
    return page("subscription.html", status, found=_known(key), form=form)
