"""What Ober tells me: the topics and ways somebody chooses, his webhooks, and for an administrator what did not arrive."""

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from app.adapters.outside import Reach, host_of, read_address
from app.adapters.sealing import webhook_seal
from app.adapters.webhooks import new_secret
from app.domain.access import Right
from app.domain.messages import OFFERED, Choice
from app.queries import messages as queries
from app.usecases import delivering, hearing, webhooks
from app.usecases.webhooks import SealedWebhook
from app.web.answers import page
from app.web.routing import Door
from app.web.visit import visit

door = Door()


@door.route("/messages", Right.SEE)
def show_messages() -> ResponseReturnValue:
    return _messages_page("")


@door.route("/messages", Right.SEE, ("POST",))
def choose_messages() -> ResponseReturnValue:
    by_mail, by_webhook = (set(request.form.getlist(name)) for name in ("mail", "webhook"))
    chosen = {topic: Choice(topic in by_mail, topic in by_webhook) for topic in OFFERED[visit().signed_in.kind]}
    with visit().writing() as work:
        hearing.choose(work, chosen, request.form.get("address", "").strip())
    return redirect(url_for("pages.show_messages"))


@door.route("/messages/webhooks", Right.CONNECT, ("POST",))
def add_webhook() -> ResponseReturnValue:
    """The secret is in this answer and nowhere else: it is kept sealed."""
    settings = visit().settings
    address = read_address(request.form.get("address", "").strip(), Reach(settings.calendar_networks, settings.calendar_ports))
    label = "".join(one for one in request.form.get("label", "") if one.isprintable()).strip()
    secret, seal = new_secret(), webhook_seal(settings.secret_key)
    with visit().writing() as work:
        webhooks.add_webhook(work, label, SealedWebhook(seal.close(address), host_of(address), seal.close(secret)))
    return _messages_page(secret)


@door.route("/messages/webhooks/<int:number>/test", Right.CONNECT, ("POST",))
def test_webhook(number: int) -> ResponseReturnValue:
    with visit().writing() as work:
        webhooks.send_test(work, number)
    return redirect(url_for("pages.show_messages", _anchor="webhooks"))


@door.route("/messages/webhooks/<int:number>/turn-off", Right.CONNECT, ("POST",))
def turn_off_webhook(number: int) -> ResponseReturnValue:
    with visit().writing() as work:
        webhooks.turn_off(work, number)
    return redirect(url_for("pages.show_messages", _anchor="webhooks"))


@door.route("/messages/undelivered", Right.KEEP_PARTIES)
def list_undelivered() -> ResponseReturnValue:
    with visit().reading() as work:
        found = queries.undelivered_page(work)
    return page("undelivered.html", found=found)


@door.route("/messages/undelivered/<int:number>/again", Right.KEEP_PARTIES, ("POST",))
def try_message_again(number: int) -> ResponseReturnValue:
    with visit().writing() as work:
        delivering.try_again(work, number)
    return redirect(url_for("pages.list_undelivered"))


def _messages_page(secret: str) -> ResponseReturnValue:
    with visit().reading() as work:
        found = queries.messages_page(work)
    return page("messages.html", found=found, secret=secret, has_mail=visit().settings.mail is not None)
