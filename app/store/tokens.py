"""Tokens of programs: only a hash of the secret is kept; expired, revoked and unknown are the same to whoever asks."""

from collections.abc import Iterable

from sqlalchemy import Row, insert, select, update

from app.domain.refusal import NotFound
from app.domain.spans import Instant
from app.domain.tokens import Scope, Token
from app.store.database import Work
from app.store.people import hashed
from app.store.tables import api_token

LARGEST_ID = 2**63 - 1


def add(work: Work, secret: str, label: str, scopes: Iterable[Scope], expires_at: Instant) -> int:
    """A new token of the actor."""
    row = {
        "secret_hash": hashed(secret),
        "person_id": work.actor.id,
        "label": label,
        "scopes": " ".join(sorted(scopes)),
        "created_at": work.now,
        "expires_at": expires_at,
    }
    key: int = work.connection.execute(insert(api_token).values(row).returning(api_token.c.id)).scalar_one()
    return key


def by_secret(work: Work, secret: str) -> Token | None:
    """The token with that secret, if it works now."""
    chosen = select(api_token).where(
        api_token.c.secret_hash == hashed(secret), api_token.c.revoked_at.is_(None), api_token.c.expires_at > work.now
    )
    row = work.connection.execute(chosen).one_or_none()
    return _token(row) if row else None


def own_tokens(work: Work) -> list[Token]:
    """The actor's own tokens that were not revoked; of those that expired the page says so."""
    chosen = select(api_token).where(api_token.c.person_id == work.actor.id, api_token.c.revoked_at.is_(None))
    return [_token(row) for row in work.connection.execute(chosen.order_by(api_token.c.id))]


def revoke(work: Work, token_id: int) -> None:
    """End one of the actor's own tokens."""
    if token_id > LARGEST_ID:
        raise NotFound("token")
    mine = (api_token.c.id == token_id, api_token.c.person_id == work.actor.id, api_token.c.revoked_at.is_(None))
    if work.connection.execute(update(api_token).where(*mine).values(revoked_at=work.now)).rowcount != 1:
        raise NotFound("token")


def note_use(work: Work, token_id: int) -> None:
    work.connection.execute(update(api_token).where(api_token.c.id == token_id).values(used_at=work.now))


def _token(row: Row[tuple[object, ...]]) -> Token:
    scopes = frozenset(Scope(one) for one in row.scopes.split())
    return Token(row.id, row.person_id, row.label, scopes, row.created_at, row.expires_at, row.used_at)
