"""What Ober tells me: the topics and ways somebody chooses, his webhooks, and for an administrator what did not arrive."""

from flask import redirect, url_for
from flask.typing import ResponseReturnValue
from wtforms import SelectMultipleField, StringField

from app.adapters.outside import Reach, host_of, read_address
from app.adapters.sealing import webhook_seal
from app.adapters.webhooks import new_secret
from app.domain.access import Right
from app.domain.messages import OFFERED, Choice, Topic
from app.domain.refusal import Refusal
from app.phrases.statuses import status_of
from app.queries import messages as queries
from app.usecases import delivering, hearing, webhooks
from app.usecases.webhooks import LONGEST_LABEL, SealedWebhook
from app.web.answers import page
from app.web.forms import Form, Reading, fitting, text_of
from app.web.routing import Door
from app.web.visit import visit

door = Door()


class ChoicesForm(Form):
    address = StringField("E-mail address")
    mail = SelectMultipleField("By e-mail", validate_choice=False)
    webhook = SelectMultipleField("By webhook", validate_choice=False)

    def chosen(self) -> dict[Topic, Choice]:
        """For each topic that is offered to the visitor, by which ways."""
        by_mail, by_webhook = set(self.mail.data or ()), set(self.webhook.data or ())
        return {topic: Choice(topic in by_mail, topic in by_webhook) for topic in OFFERED[visit().signed_in.kind]}


class WebhookForm(Form):
    label = StringField("Which program it is for")
    address = StringField("Address (https://…)", id="hook-address")

    def named_address(self) -> tuple[str, str]:
        """Its name and its address, every problem told at once."""
        settings, reading = visit().settings, Reading()
        reach = Reach(settings.calendar_networks, settings.calendar_ports)
        label = reading.take(lambda: fitting(self.label, LONGEST_LABEL, is_required=True), "")
        address = reading.take(lambda: read_address(text_of(self.address), reach), "")
        reading.finish()
        return label, address


@door.route("/messages", Right.SEE)
def show_messages() -> ResponseReturnValue:
    return _messages_page()


@door.route("/messages", Right.SEE, ("POST",))
def choose_messages() -> ResponseReturnValue:
    form = ChoicesForm(visit().language)
    try:
        with visit().writing() as work:
            hearing.choose(work, form.chosen(), text_of(form.address))
    except Refusal as refusal:
        form.refuse(refusal)
        return _messages_page(choosing=form, status=status_of(refusal))
    return redirect(url_for("pages.show_messages"))


@door.route("/messages/webhooks", Right.CONNECT, ("POST",))
def add_webhook() -> ResponseReturnValue:
    """The secret is in this answer and nowhere else: it is kept sealed."""
    form = WebhookForm(visit().language)
    secret, seal = new_secret(), webhook_seal(visit().settings.secret_key)
    try:
        label, address = form.named_address()
        with visit().writing() as work:
            webhooks.add_webhook(work, label, SealedWebhook(seal.close(address), host_of(address), seal.close(secret)))
    except Refusal as refusal:
        form.refuse(refusal)
        return _messages_page(adding=form, status=status_of(refusal))
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


def _messages_page(
    secret: str = "", choosing: ChoicesForm | None = None, adding: WebhookForm | None = None, status: int = 200
) -> ResponseReturnValue:
    """With the form that was refused, as it was filled in; the other as it stands."""
    with visit().reading() as work:
        found = queries.messages_page(work)
    mail = [topic for topic, choice in found.choices.items() if choice.by_mail]
    webhook = [topic for topic, choice in found.choices.items() if choice.by_webhook]
    known = ChoicesForm(visit().language, formdata=None, address=found.address, mail=mail, webhook=webhook)
    blank = WebhookForm(visit().language, formdata=None)
    return page(
        "messages.html",
        status,
        found=found,
        secret=secret,
        has_mail=visit().settings.mail is not None,
        choosing=choosing or known,
        adding=adding or blank,
        form=choosing or adding or blank,
    )
