"""Calendar feeds: somebody's secret addresses, made, shown once, and revoked."""

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from app.domain.access import Right
from app.domain.refusal import Refusal
from app.queries.feeds import own_feeds
from app.usecases import feeds as usecases
from app.usecases.feeds import KINDS, FeedKind
from app.web.answers import page
from app.web.routing import Door
from app.web.visit import visit

door = Door()

LONGEST_LABEL = 80


@door.route("/calendar-feeds", Right.SUBSCRIBE)
def list_feeds() -> ResponseReturnValue:
    return _feeds_page("")


@door.route("/calendar-feeds", Right.SUBSCRIBE, ("POST",))
def make_feed() -> ResponseReturnValue:
    """The address is in this answer and nowhere else: only a hash of it is kept."""
    kind = request.form.get("kind", "")
    if kind not in list(FeedKind):
        raise Refusal("bad_choice", "kind")
    label = request.form.get("label", "").strip()
    if len(label) > LONGEST_LABEL:
        raise Refusal("bad_length", "label", most=LONGEST_LABEL)
    with visit().writing() as work:
        secret = usecases.make_feed(work, FeedKind(kind), label)
    return _feeds_page(f"{visit().settings.public_url}/feeds/{secret}.ics")


@door.route("/calendar-feeds/<int:feed_id>/revoke", Right.SUBSCRIBE, ("POST",))
def revoke_feed(feed_id: int) -> ResponseReturnValue:
    with visit().writing() as work:
        usecases.revoke_feed(work, feed_id)
    return redirect(url_for("pages.list_feeds"))


def _feeds_page(address: str) -> ResponseReturnValue:
    with visit().reading() as work:
        found = own_feeds(work)
    return page("feeds.html", found=found, address=address, kinds=KINDS[visit().signed_in.kind])
