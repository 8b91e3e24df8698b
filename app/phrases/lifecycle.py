"""States, steps, types, impacts and trail actions in words."""

from app.domain.lifecycle import State, Step
from app.domain.windows import ChangeType, Impact
from app.phrases.language import Language

STATES = {
    State.DRAFT: "draft",
    State.UNDER_REVIEW: "under review",
    State.WAIVER_REQUESTED: "waiver requested",
    State.APPROVED: "approved",
    State.ON_HOLD: "on hold",
    State.IN_PROGRESS: "in progress",
    State.IMPLEMENTED: "implemented",
    State.CLOSED: "closed",
    State.REJECTED: "rejected",
    State.WITHDRAWN: "withdrawn",
    State.CANCELLED: "cancelled",
    State.EXPIRED: "expired",
}

STEPS = {
    Step.EDIT: "Change",
    Step.SUBMIT: "Submit",
    Step.RETURN_FOR_REWORK: "Send back",
    Step.APPROVE: "Approve",
    Step.REQUEST_WAIVER: "Ask for a waiver",
    Step.DECIDE_WAIVERS: "Decide on waivers",
    Step.REJECT: "Reject",
    Step.WITHDRAW: "Withdraw",
    Step.RECHECK: "Check again",
    Step.REAPPROVE: "Approve again",
    Step.RESCHEDULE: "Reschedule",
    Step.START: "Start",
    Step.FINISH: "Finish",
    Step.CANCEL: "Cancel",
    Step.CLOSE: "Close",
    Step.EXPIRE: "Expire",
}

TYPES = {
    ChangeType.NORMAL: "normal change",
    ChangeType.STANDARD: "standard change",
    ChangeType.EMERGENCY: "emergency change",
}

IMPACTS = {
    Impact.OUTAGE: "outage",
    Impact.DEGRADED: "degraded",
    Impact.REDUCED_REDUNDANCY: "reduced redundancy",
    Impact.NO_IMPACT: "no impact",
}

ACTIONS = {
    "window.drafted": "drafted",
    "window.edited": "changed",
    "window.submitted": "submitted",
    "window.approved": "approved",
    "window.rejected": "rejected",
    "window.returned": "sent back",
    "window.withdrawn": "withdrawn",
    "window.cancelled": "cancelled",
    "window.rescheduled": "rescheduled",
    "window.started": "started",
    "window.finished": "finished",
    "window.usable": "said when it could be used again",
    "window.decided": "decided whether to go on or back",
    "window.retrospective": "wrote the retrospective",
    "window.closed": "closed",
    "window.green": "gave green lights",
    "window.overrun": "ran past its planned end",
    "window.exposure_exceeded": "took longer than was allowed",
    "window.past_point_of_no_return": "passed its point of no return, undecided",
    "window.held": "put on hold, for it would hurt now",
    "window.better": "checked again, and better than before",
    "window.worse": "checked again, and worse than before, but not on hold",
    "window.uncovered": "checked again, and there is a time at which too few experts can be reached",
    "window.failed": "could not be checked again; an administrator has to look why",
    "window.waiver_requested": "asked its customers for a waiver",
    "window.waivers_decided": "every customer has answered; checked again",
    "window.expired": "its time has run out",
    "waiver.granted": "a customer granted its waiver",
    "waiver.refused": "a customer refused its waiver",
    "waiver.unanswered": "a customer did not answer in time, which is a refusal",
    "waiver.withdrawn": "a customer is no longer asked",
    "waiver.lapsed": "a waiver lapsed, for what it was about has changed",
    "window.taken_over": "taken over from an earlier administration",
    "peak.registered": "registered",
    "peak.changed": "changed",
    "peak.removed": "removed",
    "peak.followed": "new dates from the calendar it follows",
    "peak.let_go": "follows its calendar no longer",
    "peak.taken_over": "taken over from an earlier administration",
    "peak.dated_again": "other dates, for a working-day calendar was changed",
    "calendar.added": "added",
    "calendar.changed": "days changed",
}


def say_state(language: Language, state: State) -> str:
    return language.t(STATES[state])


def say_step(language: Language, step: Step) -> str:
    return language.t(STEPS[step])


def say_type(language: Language, change: ChangeType) -> str:
    return language.t(TYPES[change])


def say_impact(language: Language, impact: Impact) -> str:
    return language.t(IMPACTS[impact])


def say_action(language: Language, action: str) -> str:
    return language.t(ACTIONS[action])
