"""Who is asking, in which language, at which moment? One visit a request."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

from flask import current_app, g, request

from app.domain.access import SYSTEM, Actor
from app.domain.refusal import Refusal
from app.domain.spans import Instant
from app.phrases.language import LANGUAGES, Language, language, preferred
from app.store.database import Database, Work
from app.usecases import signing_in
from config import Settings

LANGUAGE_COOKIE = "ober-language"


@dataclass(frozen=True)
class Visit:
    """One request: the actor is None before signing in. Who came by a link acts in this one request, on one thing."""

    database: Database
    settings: Settings
    now: Instant
    actor: Actor | None
    secret: str
    language: Language
    is_invited: bool = False

    @property
    def signed_in(self) -> Actor:
        """The actor, where a route has made sure that there is one."""
        if self.actor is None:
            raise Refusal("not_allowed", right="see")
        return self.actor

    @property
    def zone(self) -> str:
        return self.signed_in.zone

    @contextmanager
    def reading(self) -> Iterator[Work]:
        with self.database.reading(self.actor or SYSTEM, self.now) as work:
            yield work

    @contextmanager
    def writing(self) -> Iterator[Work]:
        with self.database.writing(self.actor or SYSTEM, self.now) as work:
            yield work


def visit() -> Visit:
    """The visit of this request."""
    current: Visit = g.visit
    return current


def session_cookie(settings: Settings) -> str:
    """`__Host-` binds the cookie to this host and https; a plain http demonstration cannot have it."""
    return "__Host-ober" if settings.is_https else "ober"


def begin_visit() -> None:
    """Find out who asks; until that is known it is nobody, so that even a failure here can be told as a page."""
    known = current_app.extensions["ober"]
    database, settings, now = known["database"], known["settings"], known["clock"]()
    secret = request.cookies.get(session_cookie(settings), "")
    g.visit = Visit(database, settings, now, None, secret, _language(None))
    if secret and request.endpoint != "pages.static":
        actor = _actor(database, now, secret)
        g.visit = replace(g.visit, actor=actor, language=_language(actor))


def _actor(database: Database, now: Instant, secret: str) -> Actor | None:
    with database.reading(SYSTEM, now) as work:
        found = signing_in.whose_session(work, secret)
    if found is None:
        return None
    actor, is_due = found
    if is_due:
        with database.writing(actor, now) as work:
            signing_in.keep_session(work, secret)
    return actor


def _language(actor: Actor | None) -> Language:
    if actor is not None:
        return language(actor.language)
    chosen = request.cookies.get(LANGUAGE_COOKIE, "")
    return language(chosen) if chosen in LANGUAGES else preferred(request.accept_languages.values())
