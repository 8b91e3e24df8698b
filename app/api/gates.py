"""May I work on these services from then to then? For a pipeline that is about to change something."""

from flask.typing import ResponseReturnValue

from app.api.answers import answer
from app.api.reading import known_only, many, moment, one
from app.api.routing import Door, call
from app.domain.notation.disclosed import write_reason
from app.domain.notation.fields import choice
from app.domain.notation.instants import write_instant
from app.domain.notation.results import write_note
from app.domain.proposals import Proposal
from app.domain.refusal import Refusal
from app.domain.result import Collision, Conflict
from app.domain.spans import Instant
from app.domain.tokens import Scope
from app.domain.walltime import local
from app.domain.windows import MOST_ROLLBACK_MINUTES, ChangeType, Impact
from app.queries.gate import SEARCHED, view_gate

door = Door()
LONGEST_MINUTES = 5


@door.route("GET", "/gate", Scope.GATE)
def ask_gate() -> ResponseReturnValue:
    """Open, closed or unknown; why; how long it stays open, or when it opens next."""
    known_only("service", "from", "until", "type", "rollback_minutes")
    start, end = moment("from"), moment("until")
    if end - start > SEARCHED:
        raise Refusal("window_too_long", "until", most=SEARCHED // (24 * 3600))
    proposal = Proposal(
        services=frozenset(many("service")),
        title="",
        type=choice(one("type", str(ChangeType.NORMAL)), "type", ChangeType),
        impact=Impact.OUTAGE,
        zone="UTC",
        start=local(start, "UTC").replace(tzinfo=None),
        end=local(end, "UTC").replace(tzinfo=None),
        rollback_minutes=_minutes(one("rollback_minutes", "0")),
        rollback_plan="",
        business_text="",
    )
    with call().reading() as work:
        found = view_gate(work, proposal)
    shown = found.check.shown
    reasons: list[Conflict | Collision] = [*shown.conflicts, *shown.collisions]
    return answer(
        {
            "gate": str(found.state),
            "verdict": str(shown.verdict),
            "reasons": [write_reason(each) for each in reasons],
            "notes": [write_note(each) for each in shown.notes],
            "until": _moment(found.until),
            "next_open": _moment(found.next_open),
            "searched_until": _moment(found.searched_until),
        }
    )


def _moment(instant: Instant | None) -> str | None:
    return None if instant is None else write_instant(instant)


def _minutes(text: str) -> int:
    if not text.isascii() or not text.isdigit() or len(text) > LONGEST_MINUTES or int(text) > MOST_ROLLBACK_MINUTES:
        raise Refusal("bad_number", "rollback_minutes", least=0, most=MOST_ROLLBACK_MINUTES, got=text[:40])
    return int(text)
