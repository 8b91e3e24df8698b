"""Which tokens does somebody have?"""

from app.domain.tokens import Token
from app.store import tokens
from app.store.database import Work


def own_tokens(work: Work) -> list[Token]:
    return tokens.own_tokens(work)
