"""What somebody did, in a few words, among everything else that is in the trail."""

from collections.abc import Mapping

from app.domain.register import TrailLine
from app.phrases.language import Language
from app.phrases.lifecycle import ACTIONS, say_action

HAPPENED: Mapping[str, str] = {
    "absence.added": "entered an absence",
    "absence.ended": "took an absence away",
    "absence.shortened": "shortened an absence",
    "expert.added": "added",
    "expert.changed": "changed",
    "expert.taken_over": "taken over from an earlier administration",
    "feed.made": "made a calendar feed",
    "feed.revoked": "revoked a calendar feed",
    "figure.measured": "entered a measured figure",
    "level.agreed": "agreed on a service level",
    "message.tried_again": "had a message tried again",
    "notice.agreed": "agreed on a notice term",
    "party.added": "added",
    "peak.date_moved": "moved a date",
    "peak.date_taken_out": "took a date out",
    "peak.put_back": "put a date back",
    "peak.suspended": "suspended",
    "peaks.confirmed": "said that the peaks are right",
    "person.added": "added",
    "person.address_changed": "changed an e-mail address",
    "person.signed_in": "signed in",
    "person.signed_out": "signed out",
    "promise.made": "made a promise",
    "promise.missed": "missed a promise",
    "promise.told": "gave an update",
    "promise.withdrawn": "took a promise back",
    "requirement.added": "added a requirement",
    "requirement.changed": "changed a requirement",
    "requirement.removed": "removed a requirement",
    "review.given": "gave a mark",
    "review.taken_over": "taken over from an earlier administration",
    "run.taken_over": "taken over from an earlier administration",
    "service.added": "added",
    "service.changed": "changed",
    "slots.agreed": "agreed on a maintenance slot",
    "slots.closed": "closed it outside its slots",
    "slots.ended": "ended a maintenance slot",
    "slots.opened": "opened it outside its slots",
    "subscription.accepted": "accepted the smaller calendar",
    "subscription.changed": "changed",
    "subscription.followed": "new dates from the calendar it follows",
    "subscription.held": "the calendar shrank, so it was not followed but asked about",
    "subscription.made": "began to follow it",
    "subscription.refused": "kept the old dates",
    "subscription.stopped": "stopped following it",
    "subscription.troubled": "the calendar could not be read",
    "token.made": "made a token",
    "token.revoked": "revoked a token",
    "use.added": "a customer began to use it",
    "use.ended": "a customer stopped using it",
    "webhook.added": "added a webhook",
    "webhook.turned_off": "turned a webhook off",
    "webhook.gone": "a webhook's address was gone for good, and it was turned off",
    "window.seen": "said to have seen it",
}
"""By what the trail calls it; what happens to windows, peaks and calendars is said as on their own pages."""


def say_line(language: Language, line: TrailLine) -> str:
    """What was done. What has no words yet is told by the name the trail has for it: nothing is left out."""
    action = line.entry.action
    if action in ACTIONS:
        return say_action(language, action)
    return language.t(HAPPENED[action]) if action in HAPPENED else action
