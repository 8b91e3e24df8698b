"""Someone makes a token for a program that acts for him, or revokes it; a program comes in with one."""

import secrets
from collections.abc import Collection

from app.domain.access import Actor, Right, require
from app.domain.refusal import Refusal
from app.domain.tokens import DAY, LONGEST_LABEL, LONGEST_LIFE_DAYS, MOST_TOKENS, NEEDS, PREFIX, Scope, Token
from app.store import people, tokens, trail
from app.store.database import Work

LONGEST_SECRET = 100
NOTED_EVERY = 900


def make_token(work: Work, label: str, scopes: Collection[Scope], days: int) -> str:
    """A new token for the actor that works so many days; its secret is given once, here, and kept only as a hash."""
    require(work.actor, Right.CONNECT)
    if not label or len(label) > LONGEST_LABEL:
        raise Refusal("bad_length", "label", most=LONGEST_LABEL)
    if not scopes:
        raise Refusal("missing_field", "scopes")
    for scope in scopes:
        require(work.actor, NEEDS[scope])
    if not 1 <= days <= LONGEST_LIFE_DAYS:
        raise Refusal("bad_number", "days", least=1, most=LONGEST_LIFE_DAYS, got=days)
    if len(tokens.own_tokens(work)) >= MOST_TOKENS:
        raise Refusal("too_many_tokens", most=MOST_TOKENS)
    secret = PREFIX + secrets.token_urlsafe(32)
    number = tokens.add(work, secret, label, scopes, work.now + days * DAY)
    trail.append(work, "token.made", "token", str(number), label=label, scopes=sorted(scopes))
    return secret


def revoke_token(work: Work, token_id: int) -> None:
    """From now on nothing can be done with it."""
    require(work.actor, Right.CONNECT)
    tokens.revoke(work, token_id)
    trail.append(work, "token.revoked", "token", str(token_id))


def whose_token(work: Work, secret: str) -> tuple[Token, Actor] | None:
    """The token and the person it acts for; None when it does not work, or the person may no longer act."""
    token = tokens.by_secret(work, secret) if len(secret) <= LONGEST_SECRET else None
    actor = people.actor_named(work, token.person) if token else None
    return (token, actor) if token and actor else None


def is_worth_noting(work: Work, token: Token) -> bool:
    """A program asks often; that it did is written down once in a while."""
    return token.used_at is None or token.used_at < work.now - NOTED_EVERY


def note_use(work: Work, token: Token) -> None:
    tokens.note_use(work, token.id)
