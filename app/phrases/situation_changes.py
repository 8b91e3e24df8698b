"""What has changed since a check was made, one sentence a change."""

from collections.abc import Iterator, Sequence

from app.domain.chain import Requirement
from app.domain.situation import BusyPeak, Waiver, dated
from app.domain.situation_changes import ChangedCalendar, ChangedPeak, ChangedWindow, PeakPart, SituationChanges, Use, WindowPart
from app.domain.spans import Span
from app.domain.windows import Window
from app.phrases.calendars import say_list
from app.phrases.findings import say_severity
from app.phrases.language import Language
from app.phrases.lifecycle import say_impact, say_type
from app.phrases.times import say_day, say_span
from app.queries.names import Names

MOST_SPANS = 3
MOST_TOLD = 100
PARTS = {
    PeakPart.SERVICES: "it is about other services",
    PeakPart.KINDS: "it is about other kinds of change",
    PeakPart.HORIZON: "its dates are known to another day",
    PeakPart.RULE: "its rule is another, with the same hours at this time",
}


def say_changes(language: Language, changes: SituationChanges, names: Names, zone: str) -> list[str]:
    """The differences for the integrator, who knows everybody's names; empty when nothing has changed."""
    said = [
        *_peaks(language, changes, names, zone),
        *_windows(language, changes, names, zone),
        *(_requirement(language, one, names, is_new=True) for one in changes.requirements.new),
        *(_requirement(language, one, names, is_new=False) for one in changes.requirements.gone),
        *(_use(language, one, names, is_new=True) for one in changes.uses.new),
        *(_use(language, one, names, is_new=False) for one in changes.uses.gone),
        *(_waiver(language, one, names, is_new=True) for one in changes.waivers.new),
        *(_waiver(language, one, names, is_new=False) for one in changes.waivers.gone),
        *(_calendar(language, one) for one in changes.calendars),
    ]
    more = len(said) - MOST_TOLD
    return said if more <= 0 else [*said[:MOST_TOLD], language.n("{count} more change", "{count} more changes", more)]


def say_own_change(language: Language, change: ChangedWindow, names: Names, zone: str) -> list[str]:
    """What of the checked window itself is not as it was."""
    return [_window_part(language, change, part, names, zone) for part in change.parts]


def _peaks(language: Language, changes: SituationChanges, names: Names, zone: str) -> Iterator[str]:
    for one in changes.peaks.new:
        said = _peak_facts(language, one, names)
        times = _busy(language, one, zone)
        if times:
            yield language.t("New in the way: “{peak}” of {customer} ({severity}), {times}.", **said, times=times)
        else:
            yield language.t("Not known any more at this time: “{peak}” of {customer} ({severity}).", **said)
    for one in changes.peaks.gone:
        yield language.t("No longer in the way: “{peak}” of {customer} ({severity}).", **_peak_facts(language, one, names))
    for change in changes.changed_peaks:
        parts = say_list(language, [_peak_part(language, change, part, zone) for part in change.parts])
        facts = _peak_facts(language, change.after, names)
        yield language.t("Changed: “{peak}” of {customer} ({severity}): {parts}.", **facts, parts=parts)


def _peak_facts(language: Language, one: BusyPeak, names: Names) -> dict[str, str]:
    peak = one.peak
    return {
        "peak": names.peak(peak.id, language.code) or peak.id,
        "customer": names.party(peak.customer) or peak.customer,
        "severity": say_severity(language, peak.severity),
    }


def _peak_part(language: Language, change: ChangedPeak, part: PeakPart, zone: str) -> str:
    if part is PeakPart.SEVERITY:
        return language.t("it was {severity}", severity=say_severity(language, change.before.peak.severity))
    if part is PeakPart.TIMES:
        now, then = (_busy(language, one, zone) or language.t("nothing") for one in (change.after, change.before))
        return language.t("busy {now}, where it was {then}", now=now, then=then)
    return language.t(PARTS[part])


def _busy(language: Language, one: BusyPeak, zone: str) -> str:
    return _spans(language, sorted(segment for period in one.occurrences for segment in period.segments), zone)


def _spans(language: Language, spans: Sequence[Span], zone: str) -> str:
    said = [say_span(language, span, zone) for span in spans[:MOST_SPANS]]
    if len(spans) > MOST_SPANS:
        said.append(language.n("{count} more time", "{count} more times", len(spans) - MOST_SPANS))
    return say_list(language, said)


def _windows(language: Language, changes: SituationChanges, names: Names, zone: str) -> Iterator[str]:
    for window in changes.windows.new:
        titled, times = _titled(language, window, names), _planned(language, window, zone)
        yield language.t("Now also at the same time on this chain: {window}, {times}.", window=titled, times=times)
    for window in changes.windows.gone:
        titled = _titled(language, window, names)
        yield language.t("No longer at the same time on this chain: {window}.", window=titled)
    for change in changes.changed_windows:
        parts = say_list(language, [_window_part(language, change, part, names, zone) for part in change.parts])
        yield language.t("Changed: {window}: {parts}.", window=_titled(language, change.after, names), parts=parts)


def _titled(language: Language, window: Window, names: Names) -> str:
    title = names.window(window.id, language.code)
    return f"{window.id} ({title})" if title else window.id


def _window_part(language: Language, change: ChangedWindow, part: WindowPart, names: Names, zone: str) -> str:
    before, after = change.before, change.after
    match part:
        case WindowPart.TIMES:
            now, then = (_planned(language, one, zone) for one in (after, before))
            return language.t("planned {now}, where it was {then}", now=now, then=then)
        case WindowPart.ROLLBACK:
            now, then = str(after.rollback_minutes), str(before.rollback_minutes)
            return language.t("{now} minutes of rollback, where it was {then}", now=now, then=then)
        case WindowPart.SERVICES:
            now, then = (_services(language, one.services, names) for one in (after, before))
            return language.t("on {now}, where it was {then}", now=now, then=then)
        case WindowPart.TYPE:
            return language.t("it was: {then}", then=say_type(language, before.type))
        case WindowPart.IMPACT:
            then = say_impact(language, before.impact) if before.impact else language.t("nothing")
            return language.t("the expected impact was: {then}", then=then)


def _planned(language: Language, window: Window, zone: str) -> str:
    return _spans(language, [one.planned for one in dated(window).occurrences], zone)


def _services(language: Language, services: frozenset[str], names: Names) -> str:
    return say_list(language, [names.service(one, language.code) or one for one in sorted(services)])


def _requirement(language: Language, one: Requirement, names: Names, *, is_new: bool) -> str:
    facts = {
        "service": names.service(one.service, language.code) or one.service,
        "least": one.minimum,
        "members": _services(language, one.members, names),
    }
    if is_new:
        return language.t("Now also in play: {service} needs at least {least} of {members}.", **facts)
    return language.t("No longer in play: {service} needs at least {least} of {members}.", **facts)


def _use(language: Language, one: Use, names: Names, *, is_new: bool) -> str:
    customer, service = names.party(one.customer) or one.customer, names.service(one.service, language.code) or one.service
    if is_new:
        return language.t("Now also within reach: {service}, which {customer} uses.", customer=customer, service=service)
    return language.t("No longer within reach: {service}, which {customer} uses or used.", customer=customer, service=service)


def _waiver(language: Language, one: Waiver, names: Names, *, is_new: bool) -> str:
    facts = {
        "customer": names.party(one.customer) or one.customer,
        "peak": names.peak(one.peak, language.code) or one.peak,
        "day": say_day(language, one.anchor),
    }
    if is_new:
        return language.t("{customer} granted a waiver for “{peak}” of {day}.", **facts)
    return language.t("The waiver of {customer} for “{peak}” of {day} counts no longer.", **facts)


def _calendar(language: Language, one: ChangedCalendar) -> str:
    facts = {"calendar": one.name, "then": one.before or language.t("not counted with"), "now": one.after}
    if not one.after:
        return language.t("Working-day calendar {calendar} is counted with no longer.", calendar=one.name)
    return language.t("Working-day calendar {calendar} is in version {now}, where it was {then}.", **facts)
