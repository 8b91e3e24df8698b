"""The shapes of what goes in and comes out of the API, as JSON Schema."""

from app.domain.gate import Gate
from app.domain.lifecycle import State
from app.domain.notation.rules import Written
from app.domain.verdict import Verdict
from app.domain.windows import ChangeType, Impact

TEXT: Written = {"type": "string"}
MOMENT: Written = {"type": "string", "format": "date-time"}
LIST: Written = {"type": "array", "items": TEXT}
DAYS: Written = {"type": "array", "items": {"type": "string", "format": "date"}}
FOLD: Written = {"enum": [0, 1], "description": "Which of two equal clock times, where the clock goes back."}
VERDICT: Written = {"enum": [str(one) for one in Verdict]}


def _object(required: str, **properties: object) -> Written:
    return {"type": "object", "required": required.split(), "properties": properties}


def _ref(name: str) -> Written:
    return {"$ref": f"#/components/schemas/{name}"}


def _each(name: str) -> Written:
    return {"type": "array", "items": _ref(name)}


def _maybe(schema: Written) -> Written:
    return {"anyOf": [schema, {"type": "null"}]}


PLAN: Written = {
    "services": {"type": "array", "items": TEXT, "minItems": 1, "maxItems": 200},
    "type": {"enum": [str(one) for one in ChangeType], "default": "normal"},
    "impact": {"enum": [str(one) for one in Impact], "default": "outage"},
    "tz": {"type": "string", "examples": ["Europe/Amsterdam"]},
    "start": {"type": "string", "description": "A local clock in `tz`.", "examples": ["2027-02-09T05:00"]},
    "end": {"type": "string", "description": "A local clock in `tz`."},
    "start_fold": FOLD,
    "end_fold": FOLD,
    "rollback_minutes": {"type": "integer", "minimum": 0, "default": 0},
    "rrule": {"type": "string", "description": "How it repeats (RFC 5545); it must end."},
    "exdates": DAYS,
    "rdates": DAYS,
    "title": {"type": "string", "maxLength": 200},
    "rollback_plan": {"type": "string", "maxLength": 2000},
    "business_text": {"type": "string", "maxLength": 2000},
}
WINDOW: Written = {
    "id": TEXT,
    "supplier": TEXT,
    "services": LIST,
    "type": TEXT,
    "tz": TEXT,
    "start": TEXT,
    "end": TEXT,
    "rollback_minutes": {"type": "integer"},
    "title": _object("nl en", nl=TEXT, en=TEXT),
    "business_text": TEXT,
    "rollback_plan": TEXT,
    "state": {"enum": [str(one) for one in State]},
    "version": {"type": "integer"},
    "verdict": VERDICT,
    "exposed": _maybe(_object("start end", start=MOMENT, end=MOMENT)),
}
ALWAYS = "id supplier services type tz start end rollback_minutes title business_text state version exposed"
SCHEMAS: Written = {
    "Plan": {**_object("services tz start end", **PLAN), "additionalProperties": False},
    "NewWindow": {
        **_object(
            "services tz start end title rollback_plan", **PLAN, **{"as": {"enum": ["submit", "draft"], "default": "submit"}}
        ),
        "additionalProperties": False,
    },
    "Window": _object(ALWAYS, **WINDOW),
    "WindowWithCheck": _object(f"{ALWAYS} check", **WINDOW, check=_ref("Check")),
    "Windows": _object("windows is_cut", windows=_each("Window"), is_cut={"type": "boolean"}),
    "Check": _object(
        "verdict occurrences result",
        verdict=VERDICT,
        occurrences={"type": "array", "items": _object("start end until", start=MOMENT, end=MOMENT, until=MOMENT)},
        result=_ref("Result"),
    ),
    "Result": _object(
        "verdict window_verdicts affected conflicts collisions notes",
        verdict=VERDICT,
        window_verdicts={"type": "object", "additionalProperties": VERDICT},
        affected={
            "type": "array",
            "items": _object("window customer service path", window=TEXT, customer=TEXT, service=TEXT, path=LIST),
        },
        conflicts=_each("Conflict"),
        collisions=_each("Collision"),
        notes=_each("Note"),
    ),
    "Conflict": _object(
        "window occurrence_start severity effect overlap_start overlap_end phase",
        window=TEXT,
        occurrence_start=MOMENT,
        customer={"type": "string", "description": "Not there where its name is withheld from you."},
        rule=TEXT,
        anchor={"type": "string", "format": "date"},
        severity={"enum": ["freeze", "restricted", "advisory"]},
        effect=VERDICT,
        waived={"type": "boolean"},
        overlap_start=MOMENT,
        overlap_end=MOMENT,
        phase={"enum": ["planned", "rollback", "planned+rollback"]},
        services=LIST,
    ),
    "Collision": _object(
        "kind start end effect",
        kind={"enum": ["same_service", "same_chain", "redundancy_loss"]},
        windows=LIST,
        services=LIST,
        customers=LIST,
        start=MOMENT,
        end=MOMENT,
        effect=VERDICT,
    ),
    "Note": _object("kind window", kind=TEXT, window=TEXT, customer=TEXT, service=TEXT, rule=TEXT),
    "Gate": _object(
        "gate verdict reasons notes until next_open searched_until",
        gate={
            "enum": [str(one) for one in Gate],
            "description": "Unknown is not free: dates that nobody knows yet may be in the way.",
        },
        verdict=VERDICT,
        reasons={"type": "array", "items": _object("kind effect until", kind=TEXT, effect=VERDICT, until=MOMENT)},
        notes=_each("Note"),
        until={**_maybe(MOMENT), "description": "Of an open gate: how long the work may last."},
        next_open={
            **_maybe(MOMENT),
            "description": "Of another gate: the first start from which work as long fits; null if none was found.",
        },
        searched_until={**MOMENT, "description": "How far was looked."},
    ),
    "Problem": _object(
        "type title status code detail errors",
        type=TEXT,
        title=TEXT,
        status={"type": "integer"},
        code={"type": "string", "description": "Stable; the sentence is not."},
        detail=TEXT,
        errors={"type": "array", "items": _object("code field detail", code=TEXT, field=TEXT, detail=TEXT)},
    ),
}
