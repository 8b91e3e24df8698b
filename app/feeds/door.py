"""A feed is read at its secret address. No cookie, no redirect, and the same answer for every address that is not one."""

import gzip

from flask import Blueprint, Response, current_app, request

from app.adapters.icalendar import write_calendar
from app.domain.access import SYSTEM
from app.domain.refusal import NotFound
from app.phrases.feeds import window_calendar
from app.phrases.language import language
from app.queries.feeds import feed_owner, window_feed
from app.usecases.feeds import is_worth_noting, note_fetch

feeds = Blueprint("feeds", __name__)

LONGEST_SECRET = 100


@feeds.route("/feeds/<secret>.ics")
def read_feed(secret: str) -> Response:
    """The owner's feed, as he may see it now; 304 when the reader has it already."""
    known = current_app.extensions["ober"]
    database, now = known["database"], known["clock"]()
    try:
        with database.reading(SYSTEM, now) as work:
            if len(secret) > LONGEST_SECRET:
                raise NotFound("feed")
            feed, owner = feed_owner(work, secret)
    except NotFound:
        return _unknown()
    with database.reading(owner, now) as work:
        found = window_feed(work, feed)
    if is_worth_noting(feed, now):
        with database.writing(owner, now) as work:
            note_fetch(work, feed)
    answer = _guarded(Response(write_calendar(window_calendar(language(owner.language), found, known["settings"].host))))
    answer.headers["Content-Type"] = "text/calendar; charset=utf-8"
    answer.add_etag()
    answer.make_conditional(request)
    return _compressed(answer) if request.accept_encodings.quality("gzip") else answer


@feeds.route("/feeds/", defaults={"_anything": ""})
@feeds.route("/feeds/<path:_anything>")
def no_feed(_anything: str) -> Response:
    """Whatever is no feed's address gets the one answer that an unknown feed gets."""
    return _unknown()


def _unknown() -> Response:
    return _guarded(Response("Not found\n", 404, mimetype="text/plain"))


def _compressed(answer: Response) -> Response:
    if answer.status_code == 200:
        answer.set_data(gzip.compress(answer.get_data(), compresslevel=6, mtime=0))
        answer.headers["Content-Encoding"] = "gzip"
    return answer


def _guarded(answer: Response) -> Response:
    """Nobody in between keeps it, no search engine lists it, and no browser takes it for a page."""
    answer.headers["Cache-Control"] = "private, max-age=0, must-revalidate"
    answer.headers["X-Robots-Tag"] = "noindex"
    answer.headers["Referrer-Policy"] = "no-referrer"
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Content-Security-Policy"] = "sandbox"
    answer.headers["Vary"] = "Accept-Encoding"
    return answer
