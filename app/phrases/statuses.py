"""Which status of HTTP says this "no", and what does a status of the web server itself say? Pages and API answer the same."""

from app.domain.refusal import NotFound, Refusal
from app.phrases.language import Language

NOT_ALLOWED = frozenset({"not_allowed", "role_not_allowed", "scope_missing", "invitation_over"})
CONFLICT = frozenset({"changed_meanwhile", "check_outdated", "waiver_outdated", "waiver_decided", "wrong_state", "terminal_state"})
UNKNOWN_CALLER = frozenset({"token_missing", "token_unknown"})


def status_of(refusal: Refusal) -> int:
    """404 for what does not exist or is not yours, 403 for a missing right, 409 for a changed world, else 422."""
    if isinstance(refusal, NotFound):
        return 404
    if refusal.code in UNKNOWN_CALLER:
        return 401
    if refusal.code in NOT_ALLOWED:
        return 403
    return 409 if refusal.code in CONFLICT else 422


def say_error(language: Language, status: int) -> str:
    return language.t(ERRORS.get(status, ERRORS[500]))


ERRORS = {
    400: "This form has expired or did not come from Ober. Go back, load the page again and try once more.",
    404: "This does not exist, or it is not yours to see.",
    405: "This address is not for that.",
    413: "This is too large.",
    415: "Send this as JSON, with Content-Type: application/json.",
    503: "It is very busy just now. Nothing was changed. Try again in a few seconds.",
    500: "Something went wrong on our side. Nothing was changed. Try again; if it stays, tell your administrator.",
}
