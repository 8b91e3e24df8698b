"""The check once more, minute by minute and as plainly as the contract puts it.

Slow, for times on whole minutes, and without a line of the app: the two can only agree by both being right.
An instant is a number of minutes since 1970.
"""

from datetime import UTC, date, datetime, timedelta
from functools import cache
from itertools import combinations
from zoneinfo import ZoneInfo

DAYS = [date(2026, 1, 1) + timedelta(days=number) for number in range(3 * 365 + 1)]
"""Enough for what happens in 2027 and lasts at most a year."""
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
RANKS = ("clear", "advisory", "needs_waiver", "blocked")
EFFECTS = {"advisory": "advisory", "restricted": "needs_waiver", "freeze": "blocked"}
LOWER = {"advisory": "advisory", "needs_waiver": "advisory", "blocked": "needs_waiver"}
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
UTC_WALL = EPOCH.replace(tzinfo=None)


class Wrong(Exception):  # noqa: N818 - an answer of the contract, not a programming error
    """The code of what is wrong with a world."""


class NotAnswered(Exception):  # noqa: N818 - a question put to the reader of the contract
    """The contract does not say what this world means."""


# --- clocks


@cache
def offset(instant: int, tz: str) -> int:
    """How many minutes the zone's clock is ahead of UTC at the instant."""
    aware = (EPOCH + timedelta(minutes=instant)).astimezone(ZoneInfo(tz))
    return int(aware.utcoffset().total_seconds()) // 60


def readings(wall: datetime, tz: str) -> list[int]:
    """Every instant at which the zone's clock shows this: none in a gap, two in a repeated hour."""
    shown = int((wall - UTC_WALL).total_seconds()) // 60
    offsets = {offset(shown - 24 * 60, tz), offset(shown + 24 * 60, tz)}
    return sorted(shown - ahead for ahead in offsets if offset(shown - ahead, tz) == ahead)


def by_rule(wall: datetime, tz: str) -> int:
    """D5: the first of two, the offset before a gap."""
    found = readings(wall, tz)
    shown = int((wall - UTC_WALL).total_seconds()) // 60
    return found[0] if found else shown - offset(shown - 24 * 60, tz)


def at(day: date, clock: str, tz: str) -> int:
    hours, minutes = clock.split(":")
    return by_rule(datetime.fromisoformat(f"{day}T00:00") + timedelta(hours=int(hours), minutes=int(minutes)), tz)


def written(instant: int) -> str:
    return (EPOCH + timedelta(minutes=instant)).strftime("%Y-%m-%dT%H:%M:%SZ")


# --- peaks


def names(rule: dict, day: date) -> bool:
    """Does the rule, before its offset, name this day?"""
    match rule["type"]:
        case "fixed":
            return (day.month, day.day) == (rule["month"], rule["day"])
        case "nth_weekday":
            if day.month != rule["month"] or WEEKDAYS[day.weekday()] != rule["weekday"]:
                return False
            later = [n for n in range(1, 5) if (day + timedelta(days=7 * n)).month == day.month]
            return rule["n"] in ((day.day + 6) // 7, -1 - len(later))
        case "rrule":
            return repeats(rule["rrule"], date.fromisoformat(rule["dtstart"]), day)
    raise NotAnswered(rule)


def repeats(text: str, start: date, day: date) -> bool:
    """FREQ=DAILY;INTERVAL=n or FREQ=WEEKLY;BYDAY=.., with UNTIL; COUNT is for whoever counts."""
    parts = dict(part.split("=") for part in text.split(";"))
    if day < start or ("UNTIL" in parts and f"{day:%Y%m%d}" > parts["UNTIL"]):
        return False
    if parts["FREQ"] == "DAILY":
        return (day - start).days % int(parts.get("INTERVAL", "1")) == 0
    return WEEKDAYS[day.weekday()] in parts["BYDAY"].split(",")


def anchors(rule: dict) -> list[tuple[date, date]]:
    if rule["type"] == "dates":
        ranges = [one if isinstance(one, list) else [one, one] for one in rule["dates"]]
        return [(date.fromisoformat(first), date.fromisoformat(last)) for first, last in ranges]
    if rule["type"] == "span":
        ends = [end for end, _ in anchors(rule["to"])]
        starts = [start for start, _ in anchors(rule["from"])]
        return [(start, min(end for end in ends if end >= start)) for start in starts if start < date(2028, 1, 1)]
    moved = [day + timedelta(days=rule.get("offset_days", 0)) for day in DAYS if names(rule, day)]
    return [(adjusted(rule, day), adjusted(rule, day)) for day in moved]


def adjusted(rule: dict, day: date) -> date:
    for one in rule.get("adjust", []):
        if WEEKDAYS[day.weekday()] == one["if_weekday"]:
            return day + timedelta(days=one["add_days"])
    return day


def valid_anchors(peak: dict) -> list[tuple[date, date]]:
    if not peak.get("enabled", True):
        return []
    added = [date.fromisoformat(day) for day in peak.get("rdates", [])]
    found = [*anchors(peak["rule"]), *((day, day) for day in added)]
    first, last = peak.get("valid_from", "0000"), peak.get("valid_until", "9999")
    found = [one for one in found if first <= str(one[0]) <= last and str(one[0]) not in peak.get("exdates", [])]
    return [placed for one in found for placed in where_it_is(peak, *one)]


def where_it_is(peak: dict, first: date, last: date) -> list[tuple[date, date]]:
    """On its own days, or on those it was moved to, as many."""
    moves = [date.fromisoformat(one["to"]) for one in peak.get("moved", []) if one["day"] == str(first)]
    return [(to, to + (last - first)) for to in moves] or [(first, last)]


def is_suspended(peak: dict, instant: int) -> bool:
    here = str((UTC_WALL + timedelta(minutes=instant + offset(instant, peak["tz"]))).date())
    return any(one["from"] <= here <= one["until"] for one in peak.get("suspended", []))


def is_about(peak: dict, window: dict) -> bool:
    """What a window does not declare counts as every impact."""
    impact = window.get("impact")
    is_of_type = window["type"] in peak.get("change_types", [window["type"]])
    return is_of_type and (impact is None or impact in peak.get("impacts", [impact]))


def busy_days(peak: dict, first: date, last: date) -> list[date]:
    start = first - timedelta(days=peak["lead_in_days"])
    end = last + timedelta(days=peak["lead_out_days"])
    return [start + timedelta(days=n) for n in range((end - start).days + 1)]


def busy_parts(peak: dict, day: date) -> tuple[int, int]:
    """From when to when a busy day is busy."""
    tomorrow, tz = day + timedelta(days=1), peak["tz"]
    hours = peak.get("daily")
    if hours is None:
        return at(day, "00:00", tz), at(tomorrow, "00:00", tz)
    return at(day, hours["start"], tz), at(tomorrow if hours["end"] <= hours["start"] else day, hours["end"], tz)


# --- windows


def occurrences(window: dict) -> list[tuple[int, int, int]]:
    """Start, planned end and end of the reserve of each; or what is wrong with it."""
    start, end = datetime.fromisoformat(window["start"]), datetime.fromisoformat(window["end"])
    if "rrule" in window or "rdates" in window:
        days = series_days(window, start.date())
        shifts = [timedelta(days=(day - start.date()).days) for day in days]
        planned = [(by_rule(start + shift, window["tz"]), by_rule(end + shift, window["tz"])) for shift in shifts]
        if any(last <= first for first, last in planned):
            raise NotAnswered(window)
    else:
        planned = [single(window, start, end)]
    return sorted({(first, last, last + window["rollback_minutes"]) for first, last in planned})


def single(window: dict, start: datetime, end: datetime) -> tuple[int, int]:
    both = [(readings(wall, window["tz"]), window.get(f"{which}_fold")) for which, wall in (("start", start), ("end", end))]
    if any(not found for found, _ in both):
        raise Wrong("nonexistent_local_time")
    if any(len(found) > 1 and fold is None for found, fold in both):
        raise Wrong("ambiguous_local_time")
    first, last = (found[-1] if fold else found[0] for found, fold in both)
    if last <= first:
        raise Wrong("end_not_after_start")
    return first, last


def series_days(window: dict, start: date) -> set[date]:
    days = [start]
    if "rrule" in window:
        days = [day for day in DAYS if repeats(window["rrule"], start, day)]
        parts = dict(part.split("=") for part in window["rrule"].split(";"))
        days = days[: int(parts.get("COUNT", len(days)))]
    added = {date.fromisoformat(day) for day in window.get("rdates", [])}
    return (set(days) | added) - {date.fromisoformat(day) for day in window.get("exdates", [])}


# --- the chain


class State:
    """What is down while these windows are active, and who contributes to it."""

    def __init__(self, dependencies: list[dict], maintained: dict[str, set[str]]) -> None:
        self.dependencies = dependencies
        self.maintained = maintained
        self.down: set[str] = set().union(*maintained.values())
        while more := {need["service"] for need in dependencies if self.is_unmet(need)} - self.down:
            self.down |= more

    def is_unmet(self, need: dict) -> bool:
        return len([member for member in need["members"] if member not in self.down]) < need["min"]

    def next(self, service: str) -> set[str]:
        """The members a service that is down is down for."""
        unmet = [need for need in self.dependencies if need["service"] == service and self.is_unmet(need)]
        return {member for need in unmet for member in need["members"]} & self.down

    def all_ways(self, way: tuple[str, ...]) -> list[tuple[str, ...]]:
        """The way so far and every way on from it that meets no service twice."""
        return [way, *(longer for on in self.next(way[-1]) - set(way) for longer in self.all_ways((*way, on)))]

    @cache  # noqa: B019 - one small world at a time
    def paths(self, service: str, window: str) -> list[tuple[str, ...]]:
        """The shortest way to each maintained service that is reached, the first by id of several."""
        ways = [way for way in self.all_ways((service,)) if way[-1] in self.maintained[window]] if service in self.down else []
        return [min((way for way in ways if way[-1] == end), key=lambda way: (len(way), way)) for end in {way[-1] for way in ways}]

    def contributes(self, window: str, service: str) -> bool:
        return bool(self.paths(service, window))

    def stands_above(self, service: str) -> set[str]:
        """The service and everything below it, through requirements met or not."""
        below = {service}
        while more := {one for need in self.dependencies if need["service"] in below for one in need["members"]} - below:
            below |= more
        return below

    @cache  # noqa: B019 - one small world at a time
    def lost_a_spare(self, service: str, window: str) -> bool:
        """It is up, yet a group below it lost a member because of the window."""
        below = self.stands_above(service)
        members = {member for need in self.dependencies if need["service"] in below for member in need["members"]}
        return service not in self.down and any(member in self.down and self.contributes(window, member) for member in members)


# --- the answer


def runs(minutes: dict[int, set[str]]) -> list[tuple[int, int, list[str]]]:
    """Unbroken stretches with what was seen in them."""
    found: list[tuple[int, int, set[str]]] = []
    for minute in sorted(minutes):
        if found and found[-1][1] == minute:
            start, _, seen = found.pop()
            found.append((start, minute + 1, seen | minutes[minute]))
        else:
            found.append((minute, minute + 1, set(minutes[minute])))
    return [(start, end, sorted(seen)) for start, end, seen in found]


def answer(case: dict) -> dict:
    try:
        return Answer(case["world"], case["proposed"]).written()
    except Wrong as wrong:
        return {"error": str(wrong)}


class Answer:
    def __init__(self, world: dict, proposed: list[dict]) -> None:
        self.world = world
        self.proposed = {window["id"]: window for window in proposed}
        self.windows = self.proposed | {window["id"]: window for window in world["committed_windows"]}
        self.dated = {name: occurrences(window) for name, window in self.windows.items()}
        self.states: dict[frozenset[str], State] = {}
        self.affected: set[tuple[str, str, str, tuple[str, ...]]] = set()
        self.met: dict[tuple, dict[int, set[str]]] = {}
        self.pairs: dict[tuple, dict[int, set[str]]] = {}
        self.losses: dict[tuple, dict[int, set[str]]] = {}
        self.spares: set[tuple[str, str, str]] = set()
        minutes = sorted({t for name in self.proposed for start, _, end in self.dated[name] for t in range(start, end)})
        self.busy = self.busy_near(minutes[0], minutes[-1]) if minutes else []
        for minute in minutes:
            self.look(minute)

    def busy_near(self, first: int, last: int) -> list[tuple[dict, str, int, int]]:
        found = []
        for peak in self.world["peaks"]:
            for anchor, until in valid_anchors(peak):
                parts = [busy_parts(peak, day) for day in busy_days(peak, anchor, until)]
                found += [(peak, str(anchor), start, end) for start, end in parts if start <= last and end >= first]
        return found

    def state(self, active: frozenset[str]) -> State:
        if active not in self.states:
            maintained = {name: set(self.windows[name]["services"]) for name in active}
            self.states[active] = State(self.world["dependencies"], maintained)
        return self.states[active]

    def look(self, minute: int) -> None:
        """Write down everything that can be seen at one minute."""
        active = frozenset(name for name, spans in self.dated.items() if any(start <= minute < end for start, _, end in spans))
        state = self.state(active)
        for window in active & self.proposed.keys():
            for customer in self.world["customers"]:
                for service in customer["uses"]:
                    self.affected |= {(window, customer["id"], service, path) for path in state.paths(service, window)}
                    if state.lost_a_spare(service, window):
                        self.spares.add((window, customer["id"], service))
            self.look_at_peaks(minute, window, state)
        self.look_at_pairs(minute, active)
        self.look_at_losses(minute, active, state)

    def look_at_peaks(self, minute: int, window: str, state: State) -> None:
        uses = {customer["id"]: customer["uses"] for customer in self.world["customers"]}
        for peak, anchor, start, end in self.busy:
            used = uses[peak["customer"]]
            scope = used if peak["services"] is None else [service for service in used if service in peak["services"]]
            hit = {service for service in scope if state.contributes(window, service)}
            if hit and start <= minute < end and not is_suspended(peak, minute) and is_about(peak, self.windows[window]):
                for number, (first, _, last) in enumerate(self.dated[window]):
                    if first <= minute < last:
                        self.met.setdefault((window, number, peak["id"], anchor), {}).setdefault(minute, set()).update(hit)

    def used(self) -> set[str]:
        return {service for customer in self.world["customers"] for service in customer["uses"]}

    def look_at_pairs(self, minute: int, active: frozenset[str]) -> None:
        for one, other in combinations(sorted(active), 2):
            if {one, other} & self.proposed.keys():
                shared = set(self.windows[one]["services"]) & set(self.windows[other]["services"])
                both = self.state(frozenset({one})).down & self.state(frozenset({other})).down & self.used()
                if shared or both:
                    kind = "same_service" if shared else "same_chain"
                    self.pairs.setdefault((kind, one, other), {})[minute] = shared or both

    def look_at_losses(self, minute: int, active: frozenset[str], state: State) -> None:
        for service in state.down & self.used():
            if not any(service in self.state(frozenset({one})).down for one in active):
                guilty = tuple(sorted(one for one in active if state.contributes(one, service)))
                if self.proposed.keys() & set(guilty):
                    self.losses.setdefault(guilty, {}).setdefault(minute, set()).add(service)

    # --- in the written form

    def written(self) -> dict:
        conflicts, collisions = self.conflicts(), self.collisions()
        verdicts = {}
        for name in self.proposed:
            effects = [one["effect"] for one in conflicts if one["window"] == name]
            effects += [one["effect"] for one in collisions if name in one["windows"]]
            verdicts[name] = max(effects, key=RANKS.index, default="clear")
        return {
            "verdict": max(verdicts.values(), key=RANKS.index, default="clear"),
            "window_verdicts": verdicts,
            "affected": [
                {"window": window, "customer": customer, "service": service, "path": list(path)}
                for window, customer, service, path in self.affected
            ],
            "conflicts": conflicts,
            "collisions": collisions,
            "notes": self.notes(),
        }

    def conflicts(self) -> list[dict]:
        peaks = {peak["id"]: peak for peak in self.world["peaks"]}
        found = []
        for (window, number, rule, anchor), minutes in self.met.items():
            first, planned_end, _ = self.dated[window][number]
            customer, severity = peaks[rule]["customer"], peaks[rule]["severity"]
            waiver = {"window": window, "customer": customer, "rule": rule, "anchor": anchor, "status": "granted"}
            waived = waiver in self.world["waivers"]
            effect = EFFECTS[severity]
            if self.windows[window]["type"] == "emergency":
                effect = LOWER[effect]
            if waived and effect == "needs_waiver":
                effect = "advisory"
            for start, end, services in runs(minutes):
                phases = {"planned" if minute < planned_end else "rollback" for minute in range(start, end)}
                found.append(
                    {
                        "window": window,
                        "occurrence_start": written(first),
                        "customer": customer,
                        "rule": rule,
                        "anchor": anchor,
                        "severity": severity,
                        "effect": effect,
                        "waived": waived,
                        "overlap_start": written(start),
                        "overlap_end": written(end),
                        "phase": "+".join(sorted(phases)),
                        "services": services,
                    }
                )
        return found

    def collisions(self) -> list[dict]:
        found = []
        for (kind, *pair), minutes in self.pairs.items():
            for start, end, services in runs(minutes):
                customers = self.users(services) if kind == "same_chain" else []
                found.append(collision(kind, pair, services, customers, start, end, "advisory"))
        for guilty, minutes in self.losses.items():
            types = {self.proposed[one]["type"] for one in guilty if one in self.proposed}
            effect = "advisory" if types == {"emergency"} else "needs_waiver"
            for start, end, services in runs(minutes):
                found.append(collision("redundancy_loss", guilty, services, self.users(services), start, end, effect))
        return found

    def users(self, services: list[str]) -> list[str]:
        return sorted(one["id"] for one in self.world["customers"] if set(one["uses"]) & set(services))

    def notes(self) -> list[dict]:
        found = [
            {"kind": "reduced_redundancy", "window": window, "customer": customer, "service": service}
            for window, customer, service in self.spares
        ]
        for name in self.proposed:
            reached = {customer for window, customer, _, _ in self.affected if window == name}
            if not reached:
                found.append({"kind": "no_customer_affected", "window": name})
            for peak in self.world["peaks"]:
                known = peak.get("horizon_until")
                is_known = not known or not is_about(peak, self.proposed[name])
                if not is_known and peak["customer"] in reached and self.dated[name][-1][2] > self.end_of(known, peak["tz"]):
                    found.append({"kind": "calendar_horizon", "window": name, "customer": peak["customer"], "rule": peak["id"]})
        return found

    def end_of(self, day: str, tz: str) -> int:
        return at(date.fromisoformat(day) + timedelta(days=1), "00:00", tz)


def collision(kind: str, windows: object, services: list[str], customers: list[str], start: int, end: int, effect: str) -> dict:
    return {
        "kind": kind,
        "windows": list(windows),
        "services": services,
        "customers": customers,
        "start": written(start),
        "end": written(end),
        "effect": effect,
    }
