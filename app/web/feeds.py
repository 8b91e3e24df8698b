"""Calendar feeds: somebody's secret addresses, made, shown once, and revoked."""

from flask import redirect, url_for
from flask.typing import ResponseReturnValue
from wtforms import HiddenField, StringField

from app.domain.access import Right
from app.domain.refusal import Refusal
from app.phrases.statuses import status_of
from app.queries.feeds import own_feeds
from app.usecases import feeds as usecases
from app.usecases.feeds import KINDS, FeedKind
from app.web.answers import page
from app.web.forms import Form, fitting, member
from app.web.routing import Door
from app.web.visit import visit

door = Door()

LONGEST_LABEL = 80


class FeedForm(Form):
    label = StringField("What you will use it for")
    kind = HiddenField()


@door.route("/calendar-feeds", Right.SUBSCRIBE)
def list_feeds() -> ResponseReturnValue:
    return _feeds_page(None)


@door.route("/calendar-feeds", Right.SUBSCRIBE, ("POST",))
def make_feed() -> ResponseReturnValue:
    """The address is in this answer and nowhere else: only a hash of it is kept."""
    form = FeedForm(visit().language)
    try:
        kind, label = member(FeedKind, form.kind.data, "kind"), fitting(form.label, LONGEST_LABEL)
        with visit().writing() as work:
            secret = usecases.make_feed(work, kind, label)
    except Refusal as refusal:
        form.refuse(refusal, {"kind": ""})
        return _feeds_page(form, status=status_of(refusal))
    return _feeds_page(None, f"{visit().settings.public_url}/feeds/{secret}.ics")


@door.route("/calendar-feeds/<int:feed_id>/revoke", Right.SUBSCRIBE, ("POST",))
def revoke_feed(feed_id: int) -> ResponseReturnValue:
    with visit().writing() as work:
        usecases.revoke_feed(work, feed_id)
    return redirect(url_for("pages.list_feeds"))


def _feeds_page(form: FeedForm | None, address: str = "", status: int = 200) -> ResponseReturnValue:
    with visit().reading() as work:
        found = own_feeds(work)
    form = form or FeedForm(visit().language, formdata=None)
    return page("feeds.html", status, found=found, form=form, address=address, kinds=KINDS[visit().signed_in.kind])
