"""What a message says, in the language and the zone of who reads it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import cast

from app.domain.delivering import Hitch
from app.domain.messages import TOPICS as KINDS
from app.domain.messages import Facts, KeptMessage, MessageKind, Topic, WebhookTry
from app.domain.spans import Span
from app.domain.windows import ChangeType, Impact
from app.phrases.language import Language
from app.phrases.lifecycle import say_impact, say_type
from app.phrases.times import say_moment, say_span, say_zone


@dataclass(frozen=True)
class Text:
    """A subject and a first sentence. Both may name facts; a moment (`…_at`) is said in the reader's zone."""

    subject: str
    lead: str


TEXTS: Mapping[MessageKind, Text] = {
    MessageKind.WINDOW_SUBMITTED: Text("Handed in: {window} {title}", "{supplier}: this maintenance has to be decided on."),
    MessageKind.WINDOW_RESCHEDULED: Text(
        "Planned anew: {window} {title}", "This maintenance was planned anew and has to be decided on again."
    ),
    MessageKind.WINDOW_WITHDRAWN: Text("Taken back: {window} {title}", "The supplier has taken this proposal back."),
    MessageKind.WINDOW_APPROVED: Text("Approved: {window} {title}", "This maintenance is approved."),
    MessageKind.WINDOW_REJECTED: Text("Rejected: {window} {title}", "This maintenance is rejected."),
    MessageKind.WINDOW_RETURNED: Text(
        "Sent back: {window} {title}", "This proposal is a draft again: it can be changed and handed in anew."
    ),
    MessageKind.WINDOW_CANCELLED: Text("Cancelled: {window} {title}", "This maintenance is cancelled."),
    MessageKind.WINDOW_EXPIRED: Text(
        "Expired: {window} {title}", "The time of this maintenance is over; nothing happens any more."
    ),
    MessageKind.WINDOW_HELD: Text(
        "On hold: {window} {title}",
        "Something changed and this maintenance would hurt now. It is on hold until its owner chooses what to do.",
    ),
    MessageKind.WINDOW_OVERRUN: Text("Overrun: {window} {title}", "The planned end has passed, and the work goes on."),
    MessageKind.WINDOW_EXCEEDED: Text(
        "Longer than allowed: {window} {title}",
        "The rollback reserve is used up, and the work goes on. See that every affected customer is told.",
    ),
    MessageKind.MAINTENANCE_LONGER: Text(
        "Maintenance takes longer: {title}", "This maintenance takes longer than was planned. You will hear when it is over."
    ),
    MessageKind.MAINTENANCE_ANNOUNCED: Text(
        "Planned maintenance: {title}", "Maintenance is planned that touches services you use."
    ),
    MessageKind.MAINTENANCE_MOVING: Text(
        "Maintenance is planned anew: {title}",
        "This maintenance is planned anew. What is new is not decided on yet; you will hear.",
    ),
    MessageKind.MAINTENANCE_UNSURE: Text(
        "Maintenance on hold: {title}", "It is not certain that this maintenance goes on as announced; you will hear."
    ),
    MessageKind.MAINTENANCE_OFF: Text("Maintenance is off: {title}", "This maintenance does not happen."),
    MessageKind.MAINTENANCE_SPARES: Text(
        "Maintenance {window} no longer touches you",
        "Maintenance that was announced to you is now planned so that it does not touch the services you use.",
    ),
    MessageKind.WAIVER_ASKED: Text(
        "You are asked for a waiver: {title}",
        "May this maintenance happen in “{peak}”? Decide before {decide_by_at}: who does not answer has refused.",
    ),
    MessageKind.WAIVER_GRANTED: Text("Waiver granted: {window} {title}", "{customer} granted its waiver for “{peak}”."),
    MessageKind.WAIVER_REFUSED: Text("Waiver refused: {window} {title}", "{customer} refused its waiver for “{peak}”."),
    MessageKind.WAIVER_UNANSWERED: Text(
        "No answer: {window} {title}", "{customer} did not answer in time about “{peak}”. That is a refusal."
    ),
    MessageKind.WAIVER_WITHDRAWN: Text("No longer asked: {title}", "You no longer have to decide about “{peak}”."),
    MessageKind.WAIVER_LAPSED: Text(
        "Waiver lapsed: {window} {title}",
        "The waiver of {customer} for “{peak}” no longer counts: the window, the peak or the chain has changed.",
    ),
    MessageKind.UPDATE_TOLD: Text("{title}: news of {by}", "{by}: {said}"),
    MessageKind.UPDATE_NO_NEWS: Text("{title}: no news yet", "There is no news yet; we go on."),
    MessageKind.UPDATE_PROMISED: Text("{title}: you will hear", "{by} looks into it."),
    MessageKind.PROMISE_NEARLY_DUE: Text(
        "To be told before {due_at}: {window} {title}",
        "You promised {to} to tell how it stands before {due_at}. Tell it now, also when there is no news yet.",
    ),
    MessageKind.PROMISE_MISSED: Text(
        "Late: {window} {title}", "{to} should have heard before {due_at}, and nothing was told. Tell it now; late is better."
    ),
    MessageKind.WINDOW_STARTED: Text("Started: {window} {title}", "This maintenance has started."),
    MessageKind.WINDOW_USABLE: Text("Usable again: {window} {title}", "What this maintenance took down can be used again."),
    MessageKind.WINDOW_FINISHED: Text("Finished: {window} {title}", "This maintenance is finished."),
    MessageKind.MAINTENANCE_STARTED: Text(
        "Maintenance has started: {title}", "Maintenance that touches services you use has started."
    ),
    MessageKind.MAINTENANCE_USABLE: Text(
        "Usable again: {title}", "The services you use that this maintenance touches can be used again."
    ),
    MessageKind.MAINTENANCE_FINISHED: Text(
        "Maintenance is finished: {title}", "Maintenance that touched services you use is finished."
    ),
    MessageKind.TEST: Text("Test message from Ober", "If you can read this, messages from Ober arrive."),
}


TOPICS: Mapping[Topic, str] = {
    Topic.PROPOSALS: "Windows that are handed in, planned anew or taken back",
    Topic.DECISIONS: "Windows that are approved, rejected, sent back or cancelled",
    Topic.HOLDS: "Windows that are put on hold",
    Topic.RUNNING: "Windows that start and finish",
    Topic.MAINTENANCE: "Maintenance that touches us",
    Topic.WAIVERS: "Waivers that are asked for and answered",
    Topic.PROMISES: "Updates, and promises of them that fall due or are late",
}
HITCHES: Mapping[Hitch, str] = {
    Hitch.UNREACHABLE: "Nobody answers there, or the connection is not safe.",
    Hitch.TIMED_OUT: "It takes too long to answer.",
    Hitch.FAILING: "It answers that it cannot take it now.",
    Hitch.NOT_ALLOWED: "It leads into a private network, or on to another address.",
    Hitch.CLOSED: "It does not let Ober in.",
    Hitch.REFUSED: "The mail server says that it will never take it.",
    Hitch.NO_ADDRESS: "No e-mail address is known.",
    Hitch.NO_SERVER: "No mail server is set (OBER_SMTP_URL).",
    Hitch.NO_READER: "This person may no longer act.",
    Hitch.GONE: "The address answered that it is gone for good.",
    Hitch.TURNED_OFF: "The webhook was turned off.",
    Hitch.LOST: "It was sealed with another OBER_SECRET_KEY. It has to be entered again.",
}


@dataclass(frozen=True)
class Said:
    """A message in words; the subject is one line."""

    subject: str
    body: str


def say_message(spoken: Language, zone: str, kind: MessageKind, facts: Facts, public_url: str) -> Said:
    """A message as its reader gets it. A fact that its text needs and that is not there is a KeyError."""
    known = _known(spoken, zone, facts)
    subject, lead = _subject(spoken, kind, known), spoken.t(TEXTS[kind].lead, **known)
    told = "\n".join(_lines(spoken, facts, known, zone))
    address = spoken.t("What Ober tells you, and how, you choose here: {address}", address=f"{public_url}/messages")
    link = f"{public_url}{facts['path']}" if "path" in facts else ""
    return Said(subject, "\n\n".join(part for part in (lead, told, link, address) if part) + "\n")


def say_subject(spoken: Language, zone: str, kept: KeptMessage) -> str:
    """What it was about, on one line."""
    return _subject(spoken, kept.kind, _known(spoken, zone, kept.facts))


def say_topic(spoken: Language, topic: Topic) -> str:
    return spoken.t(TOPICS[topic])


def say_kind(spoken: Language, kind: MessageKind) -> str:
    """What kind of message it is, without what it says."""
    return spoken.t(TOPICS[KINDS[kind]]) if kind in KINDS else spoken.t(TEXTS[MessageKind.TEST].subject)


def say_hitch(spoken: Language, hitch: Hitch) -> str:
    return spoken.t(HITCHES[hitch])


def say_try(spoken: Language, one: WebhookTry, zone: str) -> str:
    """What came of sending it."""
    if one.sent_at is not None:
        return spoken.t("arrived {moment}", moment=say_moment(spoken, one.sent_at, zone))
    why = say_hitch(spoken, one.hitch) if one.hitch else spoken.t("on its way")
    return f"{spoken.t('given up')}. {why}" if one.given_up_at is not None else why


def _subject(spoken: Language, kind: MessageKind, known: Mapping[str, str]) -> str:
    return " ".join(spoken.t(TEXTS[kind].subject, **known).split())


def _known(spoken: Language, zone: str, facts: Facts) -> dict[str, str]:
    return {name: _plain(spoken, zone, name, value) for name, value in facts.items()}


def _lines(spoken: Language, facts: Facts, known: Mapping[str, str], zone: str) -> Iterator[str]:
    """What there is to know besides, a line each."""
    if "start_at" in facts and "end_at" in facts:
        span = Span(cast(int, facts["start_at"]), cast(int, facts["end_at"]))
        yield f"{say_span(spoken, span, zone)} ({say_zone(spoken, zone)})"
    if cast(int, facts.get("times", 1)) > 1:
        yield spoken.t("The first of {times} times", times=known["times"])
    if "type" in facts and "impact" in facts:
        yield f"{say_type(spoken, ChangeType(str(facts['type'])))}, {say_impact(spoken, Impact(str(facts['impact'])))}"
    elif "impact" in facts:
        yield spoken.t("Expected impact: {impact}", impact=say_impact(spoken, Impact(str(facts["impact"]))))
    if known.get("services"):
        yield spoken.t("Your services: {services}", services=known["services"])
    if known.get("supplier"):
        yield spoken.t("Supplier: {supplier}", supplier=known["supplier"])
    if known.get("business_text"):
        yield known["business_text"]
    if known.get("question"):
        yield known["question"]
    if "next_at" in known:
        yield spoken.t("We will tell you again before {moment}.", moment=known["next_at"])
    if known.get("reason"):
        yield spoken.t("Reason: {reason}", reason=known["reason"])


def _plain(spoken: Language, zone: str, name: str, value: object) -> str:
    if isinstance(value, Mapping):
        return str(value[spoken.code])
    if isinstance(value, int) and name.endswith("_at"):
        return say_moment(spoken, value, zone)
    if isinstance(value, Iterable) and not isinstance(value, str):
        return ", ".join(_plain(spoken, zone, name, one) for one in value)
    return str(value)
