"""A proposed window as a program writes it: the window of SCHEMA with its words, and without what the planner gives it."""

from app.domain.notation.fields import Fields, text
from app.domain.notation.windows import read_window
from app.domain.proposals import UNNUMBERED, Proposal
from app.domain.refusal import Refusal
from app.domain.windows import Impact

LONGEST_TITLE, LONGEST_WORDS = 200, 2000
MOST_SERVICES = 200
READ = (
    "services",
    "type",
    "tz",
    "start",
    "end",
    "rollback_minutes",
    "start_fold",
    "end_fold",
    "rrule",
    "exdates",
    "rdates",
    "impact",
)


def read_proposal(written: object, *, is_preview: bool = False) -> Proposal:
    """A proposal; a field that nobody knows is refused. A preview asks for no words."""
    fields = Fields(written)
    fields.required("services")
    services = fields.each("services", text)
    if len(services) > MOST_SERVICES:
        raise Refusal("too_many", "services", most=MOST_SERVICES, got=len(services))
    window = read_window({name: fields.raw(name) for name in READ} | {"id": UNNUMBERED, "supplier": UNNUMBERED})
    proposal = Proposal(
        services=window.services,
        title=_words(fields, "title", LONGEST_TITLE, is_required=not is_preview),
        type=window.type,
        impact=window.impact or Impact.OUTAGE,
        zone=window.zone,
        start=window.start,
        end=window.end,
        rollback_minutes=window.rollback_minutes,
        rollback_plan=_words(fields, "rollback_plan", LONGEST_WORDS, is_required=not is_preview),
        business_text=_words(fields, "business_text", LONGEST_WORDS),
        start_fold=window.start_fold,
        end_fold=window.end_fold,
        series=window.series,
    )
    fields.finish()
    return proposal


def _words(fields: Fields, name: str, most: int, *, is_required: bool = False) -> str:
    """What is written there, without control characters; nothing is cut off in silence."""
    raw = fields.required(name) if is_required else fields.raw(name)
    if raw is None:
        return ""
    said = "".join(one for one in text(raw, fields.at(name)) if one >= " " or one in "\n\t").strip()
    if len(said) > most or (is_required and not said):
        raise Refusal("bad_length", fields.at(name), most=most)
    return said
