"""What a token lets a program do, in words."""

from app.domain.tokens import Scope
from app.phrases.language import Language

SCOPES = {
    Scope.CHECK: "check a proposed window",
    Scope.READ_WINDOWS: "read the windows you see",
    Scope.WRITE_WINDOWS: "hand in windows",
    Scope.GATE: "ask whether work is possible at a time",
}


def say_scope(language: Language, scope: Scope) -> str:
    return language.t(SCOPES[scope])
