"""Every "no" in words: what is wrong, and what to do about it. One text for each code."""

from datetime import datetime
from typing import cast

from app.domain.refusal import Problem, Refusal
from app.phrases.language import Language
from app.phrases.times import say_length, say_long

TEXTS = {
    "absence_over": "This absence is over already. Enter one that ends later than now.",
    "absence_too_long": "An absence lasts two years at the most. Take the services away from an expert who does not come back.",
    "acknowledgement_required": "This window meets an advisory peak or collision. Say in words that this was seen and why it is fine.",
    "already_suspended": "It is suspended for these days already.",
    "already_there": "“{id}” exists already. Choose another name.",
    "address_not_public": "This address leads into a private network, and Ober does not go there. Give one that can be reached from the internet.",
    "address_port": "Ober asks addresses on these ports only: {ports}. Give an address without a port.",
    "address_scheme": "An address begins with https://, http:// or webcal://. Copy it whole from where the calendar is.",
    "address_with_password": "There is a name or a password in front of the host. Give an address that works without them.",
    "already_used": "{customer} uses this service already.",
    "ambiguous_local_time": "{wall} happens twice in {zone}: the clock goes back. Choose the first or the second.",
    "asked_just_now": "The address was asked less than {seconds} seconds ago. Wait a little.",
    "back_before_away": "This is before the absence begins, or over already. Call it off, or choose a later time.",
    "back_no_earlier": "This is not earlier than it was. Enter the rest as another absence.",
    "bad_address": "This is not an address that Ober can read. Copy it whole, without spaces, from where the calendar is.",
    "bad_date": "“{got}” is not a date. Write it as 12-2-2027, 2027-02-12 or 12 feb 2027.",
    "bad_choice": "Choose one of these.",
    "bad_length": "This has 1 to {most} characters.",
    "bad_mail_address": "This is not an e-mail address that Ober can send to. Write it as name@example.org, at most {most} characters.",
    "bad_move": "Choose another day, at most {most} days from where it was.",
    "bad_percentage": "“{got}” is not a percentage from 0 to 100. Write it as 99.95.",
    "bad_number": "“{got}” is not a whole number from {least} to {most}.",
    "bad_password_length": "A password has {least} to {most} characters.",
    "bad_redundancy_minimum": "{service} cannot need {minimum} of {members} members. Give a number from 1 to {members}.",
    "bad_rrule": "This repetition cannot be read: {part}. Use FREQ, INTERVAL, COUNT, UNTIL, BYDAY, BYMONTHDAY, BYMONTH and BYSETPOS.",
    "bad_service_id": "An id has capitals, digits, dots and dashes, begins with a capital or a digit, and has 80 of them at the most.",
    "bad_time": "“{got}” is not a time. Write it as 22:00.",
    "bad_value": "This should be {expected}; it says {got}.",
    "blocked": "A customer's freeze is in the way. No waiver lifts it; choose another time.",
    "busy_too_long": "This would be busy for {days} days on end; {most} is the most. Shorten the period or the days around it.",
    "changed_meanwhile": "Somebody else changed this in the meantime. Look at it again, then decide.",
    "check_outdated": "The situation has changed since this page was shown. The new result is below; look at it, then decide.",
    "closed_too_long": "With this {calendar} would be closed for {days} days on end around {day}; {most} is the most. Take out fewer days.",
    "conflict_stands": "This blocks the window or needs a waiver. It closes when the window, the peak or the chain changes, or a waiver is granted.",
    "consent_does_not_help": "No customer's waiver helps here: together with another window this takes a service down. Choose another time.",
    "day_is_over": "This day is over. Choose today or a later day.",
    "decision_date_over": "This moment has passed. Choose a later one; a request that nobody answered in time is refused.",
    "decision_date_too_late": "The work begins before that. Choose an earlier moment, so that there is time to act on the answer.",
    "empty_series": "Nothing is left of this series. Take out fewer dates or let it repeat more often.",
    "empty_services": "Choose at least one service.",
    "end_before_start": "The last day comes before the first. Check both dates.",
    "end_not_after_start": "The end is not after the start. Check the dates and times.",
    "exception_over": "This is over; there is nothing left to put back.",
    "entries_have_hours": "Entries of a calendar have hours of their own. Leave this empty, and add hours with a new calendar file.",
    "entries_lost": "The entries that were read from the file are gone. Choose the file again.",
    "file_too_large": "This file is larger than {most} bytes. Split it.",
    "missing_field": "This is missing. Fill it in.",
    "moved_already": "This date was moved. Put it back first, then decide again.",
    "no_entries": "Nothing in this file becomes a date: it holds {events} events, and {skipped} things that are skipped.",
    "too_many_entries": "This would be {got} dates; {most} is the most. Choose some by words in their title, or export a shorter period.",
    "bad_hours": "“{got}” is not a number of hours from 0 to {most}. Write it as 2, 2:30 or 2,5.",
    "negative_rollback": "Rollback minutes cannot be less than 0.",
    "never_happens": "This rule has no date in the next ten years. Check what is filled in.",
    "no_such_date": "The peak has no date on this day any more. Look at its dates again.",
    "no_waiver_needed": "No waiver is needed.",
    "no_waiver_possible": "A freeze cannot be waived. Choose another time.",
    "nonexistent_local_time": "{wall} does not exist in {zone}: the clock goes forward. Choose an hour later or earlier.",
    "no_slots_for_series": "A series has no single best time. Leave the repetition out and look for one time.",
    "nobody_asked": "Choose at least one customer to ask.",
    "not_allowed": "Your role does not allow this. Ask someone who has it.",
    "not_found": "This does not exist, or it is not yours to see.",
    "not_own_window": "This window belongs to another supplier.",
    "nothing_changes": "These days are already so in this calendar: a weekend, a day off, or a working day as you say. Choose other days.",
    "notice_too_short": "The customers would be told too late. Choose a later time.",
    "promise_settled": "Nobody waits for this any more: it was told, or taken back.",
    "request_differs": "By this name something else was asked for before. Give each request a name of its own.",
    "reason_required": "Give a reason: the other side has to be able to do something with it.",
    "requires_itself": "{service} cannot require itself. Choose other services.",
    "role_not_allowed": "Your role does not allow this step.",
    "role_not_of_party": "A {kind} has no such role. Choose from: {known}.",
    "rollback_plan_required": "Say how it is rolled back when it fails.",
    "scope_missing": "This token was not made for that: it lacks {scope}. Make one that has it.",
    "scope_not_used": "{customer} does not use {service}. Choose from the services it uses.",
    "segregation_of_duties": "Nobody approves a window he submitted himself. Ask a colleague.",
    "series_too_long": "This repeats more than {most} times. Let it end earlier.",
    "snooze_too_long": "A year ahead is the furthest. Choose an earlier day.",
    "several_suppliers": "These services are of {suppliers} suppliers. Make a window for each supplier.",
    "start_in_past": "The start has passed. Only an emergency can be entered afterwards.",
    "supplier_mismatch": "{service} is not a service of {supplier}. Choose services of one supplier.",
    "suspension_too_long": "A suspension lasts {most} days at the most. Remove the peak when it is over for good.",
    "terminal_state": "This window has come to its end; nothing can happen to it any more.",
    "too_deep": "Rules within rules go {most} deep at the most.",
    "too_long_for_slots": "Times are looked for up to a length of {most} days, the rollback reserve included.",
    "too_many": "{got} is too many; {most} is the most.",
    "too_many_absences": "{most} absences ahead is the most for one expert. Take one away that is not needed.",
    "too_many_calendars": "{most} calendars is the most for one customer. Put the days into one that is there.",
    "too_many_days": "At most {most} days are looked at in one go. Choose an earlier last day.",
    "too_many_experts": "{most} experts is the most for one supplier.",
    "too_many_feeds": "{most} feeds is the most. Revoke one you no longer use.",
    "too_many_subscriptions": "{most} followed calendars is the most. Stop one that is over.",
    "invitation_over": "This link was sent to somebody who may no longer act here. A planner of the customer can answer, signed in.",
    "too_many_webhooks": "You have {most} webhooks already. Turn off one that is not used any more.",
    "too_many_tokens": "{most} tokens is the most. Revoke one you no longer use.",
    "token_unknown": "This token does not work: it is unknown, revoked or has expired. Make a new one on the page of your tokens.",
    "token_missing": "Send a token: Authorization: Bearer followed by it. You make one on the page of your tokens.",
    "too_many_peaks": "{most} peaks is the most. Remove one that is over.",
    "too_many_requirements": "{most} requirements is the most for one service. Remove one that no longer holds.",
    "unbounded_series": "A series must end. Add COUNT or UNTIL.",
    "unknown_calendar": "There is no working-day calendar “{calendar}”. Choose from: {known}.",
    "unknown_customer": "There is no customer “{customer}”.",
    "unknown_field": "There is no such field. Known here: {known}.",
    "unknown_holiday": "The calendar {calendar} has no day off called “{key}”.",
    "unknown_service": "There is no service “{service}” here.",
    "unknown_supplier": "There is no supplier “{supplier}”.",
    "unknown_timezone": "There is no time zone “{zone}”. Write it as Europe/Amsterdam.",
    "use_in_peak": "This customer has peaks that are about this service by name ({count}). Let the customer take it out of them first.",
    "unknown_version": "Version {version} of the calendar {calendar} is not kept here, so this cannot be counted again.",
    "unreadable": "This cannot be read: {why}.",
    "wait_before_trying": "Too many tries. Wait {wait} and try again.",
    "waiver_decided": "This was answered, taken back or has lapsed already. Look at it again.",
    "waiver_outdated": "What you were shown has changed since. The page shows how it is now; look at it, then decide.",
    "waivers_open": "A customer has not decided on its waiver yet. Wait for the answer.",
    "waiver_required": "A customer's waiver is needed first, or another time.",
    "window_too_long": "A window lasts {most} days at the most.",
    "words_required": "Say it in words, in Dutch or in English. Only when there is no news yet they may be left out.",
    "wrong_name_or_password": "This name and password do not belong together.",
    "wrong_state": "This step is not possible in the state the window is in.",
    "already_finished": "This has been finished already. There is nothing left to decide.",
    "before_the_start": "This is before the work began. Check the date and time.",
    "no_expert_on_bridge": "No expert is on the bridge. Start as soon as one is there.",
    "not_yet": "This is later than now. Give a time at which it had happened.",
    "promises_open": "A promise to communicate is still open. Keep it first.",
    "result_required": "Say how it ended.",
    "retrospective_required": "An emergency has to be looked back on first.",
    "review_open": "The review is not complete yet.",
    "review_over": "The time for a mark is over. Tell the integrator.",
    "still_running": "The time before has not been finished yet. Finish it first.",
    "too_early": "It is too early to start. Wait until 15 minutes before the planned start.",
    "too_late": "The planned end has passed. Move the window.",
    "calendar_empty": "This file is empty. Export the calendar again.",
    "calendar_takes_too_long": "This calendar takes too long or too much memory to read. Export a shorter period, or without very frequent repetitions.",
    "calendar_too_large": "A calendar file has at most {most} MB. Export a shorter period.",
    "calendar_too_long": "A calendar file has at most {most} lines. Export a shorter period.",
    "calendar_too_many_entries": "This calendar has more than {most} entries in this period. Ask for a shorter one.",
    "calendar_too_many_events": "A calendar file has at most {most} events. Export a shorter period.",
    "not_a_calendar": "This is not a calendar: it does not begin with BEGIN:VCALENDAR. A web page was perhaps saved instead of the .ics file.",
    "other_calendar_scale": "This calendar counts by {scale}; only the Gregorian calendar can be read.",
}


EXPECTED = {
    "object": "an object with named fields",
    "flag": "true or false",
    "list": "a list",
    "text": "text (in quotes)",
    "date": "a date such as 2027-02-14",
    "wall_clock": "a local date and time such as 2027-02-14T02:00",
    "clock": "a time such as 17:30, up to 24:00",
    "choice": "one of {known}",
    "instant": "a moment in UTC such as 2027-02-14T01:00:00Z",
    "date_range": "a first and a last date, at most a year apart",
    "request_name": "1 to 100 signs without blanks",
    "nonzero": "a number other than 0",
}


def say_refusal(language: Language, refusal: Refusal) -> str:
    """The first problem of a refusal in words."""
    return say_problem(language, refusal.problems[0])


def say_problem(language: Language, problem: Problem) -> str:
    """One problem in words; a code without a text would be a defect, and a test looks for it."""
    facts = dict(problem.facts)
    if "wall" in facts:
        facts["wall"] = say_long(language, cast(datetime, facts["wall"]))
    if "seconds" in facts:
        facts["wait"] = say_length(language, int(str(facts["seconds"])))
    if "expected" in facts:
        facts["expected"] = language.t(EXPECTED[str(facts["expected"])]).format_map(_Facts(facts))
    return language.t(TEXTS[problem.code]).format_map(_Facts(facts))


class _Facts(dict[str, object]):
    """A fact that was not given must not turn a clear "no" into a failure."""

    def __missing__(self, name: str) -> str:
        return "…"
