"""What may a program do that acts for a person? Tokens and their scopes; never more than the person may."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from app.domain.access import Actor, Right
from app.domain.refusal import Refusal
from app.domain.spans import Instant

PREFIX = "ober_"
"""Stands before every token, so that one that got lost in a text can be recognised."""

DAY = 24 * 3600
LONGEST_LIFE_DAYS = 365
MOST_TOKENS = 20
LONGEST_LABEL = 80


class Scope(StrEnum):
    """What a token is for. None of them decides about a window: that is for people."""

    CHECK = "check"
    READ_WINDOWS = "windows:read"
    WRITE_WINDOWS = "windows:write"
    GATE = "gate"


NEEDS: Mapping[Scope, Right] = {
    Scope.CHECK: Right.PROPOSE,
    Scope.READ_WINDOWS: Right.SEE,
    Scope.WRITE_WINDOWS: Right.PROPOSE,
    Scope.GATE: Right.PROPOSE,
}
"""The right the person must have at the moment the token is used, not only when it was made."""


@dataclass(frozen=True)
class Token:
    """A token without its secret. It works until `expires_at`."""

    id: int
    person: str
    label: str
    scopes: frozenset[Scope]
    created_at: Instant
    expires_at: Instant
    used_at: Instant | None = None


def scopes_for(actor: Actor) -> tuple[Scope, ...]:
    """The scopes that the actor's own rights can fill."""
    return tuple(scope for scope in Scope if actor.may(NEEDS[scope]))


def require_scope(token: Token, scope: Scope) -> None:
    """Refused with `scope_missing` when the token was not made for that."""
    if scope not in token.scopes:
        raise Refusal("scope_missing", scope=scope)
