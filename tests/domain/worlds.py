"""Small worlds made up for a check, in their written form, with all times on whole minutes.

Everything happens around one of two week-ends on which a clock changes, close together, so that things meet.
"""

from datetime import date, datetime, timedelta
from functools import cache

from hypothesis import strategies as st

from . import naive

SEASONS = (date(2027, 3, 27), date(2027, 10, 30))
ZONES = ("Europe/Amsterdam", "Europe/Amsterdam", "UTC", "America/New_York", "Asia/Tokyo")
CUSTOMERS = ("ZONNEKROON", "POLDERPOORT", "LICHTLIJN")
SUPPLIERS = ("KABEL", "WOLK")
TYPES = ("normal", "normal", "standard", "emergency")
IMPACTS = ("outage", "degraded", "no_impact")
CLOCKS = ("00:00", "01:30", "02:00", "02:30", "03:00", "06:00", "12:15", "18:00", "22:00", "23:30", "24:00")

sampled = cache(st.sampled_from)
whole = cache(st.integers)


@cache
def some(values: tuple[str, ...], least: int = 1, most: int = 3) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(values), min_size=least, max_size=most, unique=True)


@cache
def near(base: date, reach: int = 3) -> st.SearchStrategy[date]:
    return st.integers(-reach, reach).map(lambda days: base + timedelta(days=days))


@cache
def days_near(base: date) -> st.SearchStrategy[list[str]]:
    return st.lists(near(base).map(str), max_size=2, unique=True)


@cache
def minutes(most: int, least: int = 0) -> st.SearchStrategy[int]:
    """Whole quarters, so that things touch, and any minute, so that they miss by one."""
    return st.integers(least // 15, most // 15).map(lambda quarter: max(quarter * 15, least)) | st.integers(least, most)


starts = minutes(16 * 60) | minutes(9 * 60, least=5 * 60)
"""Minutes after eight in the evening: any time until noon, or in the hours around the change of the clock."""


@st.composite
def cases(draw: st.DrawFn) -> dict:
    """A world with proposed windows; some of the windows name a time that does not exist, or exists twice."""
    base = draw(sampled(SEASONS))
    services = "ABCDEF"[: draw(sampled((6, 5, 4, 3, 2, 1)))]
    suppliers = {name: draw(sampled(SUPPLIERS)) for name in services}
    proposed = [window(draw, f"W{number}", suppliers, base) for number in range(draw(sampled((2, 3, 1))))]
    committed = [window(draw, f"K{number}", suppliers, base) for number in range(draw(sampled((1, 2, 0))))]
    dependencies = [dependency(draw, services) for _ in range(draw(sampled((3, 5, 4, 2, 6, 1, 0))))]
    return world(draw, base, suppliers, dependencies, proposed, committed)


@st.composite
def cut_pairs(draw: st.DrawFn) -> dict:
    """A world in which two windows of one night each take one of a redundant pair, and whatever else there may be."""
    base = draw(sampled(SEASONS))
    services = "ABCDEF"[: draw(sampled((6, 5, 4, 3)))]
    suppliers = {name: draw(sampled(SUPPLIERS)) for name in services}
    one = window(draw, "W0", suppliers, base, services[-1])
    other = window(draw, draw(sampled(("W1", "K0"))), suppliers, base, services[-2])
    if draw(whole(0, 3)):
        other |= {"tz": one["tz"], "start": one["start"], "end": one["end"]}
    more = [window(draw, "K1", suppliers, base)] if draw(whole(0, 2)) == 2 else []
    dependencies = [{"service": "A", "members": [*services[-2:]], "min": 1}]
    dependencies += [dependency(draw, services) for _ in range(draw(sampled((1, 3, 2, 0))))]
    proposed = [found for found in (one, other) if found["id"].startswith("W")]
    return world(draw, base, suppliers, dependencies, proposed, [*more, *([other] if len(proposed) == 1 else [])])


def world(
    draw: st.DrawFn, base: date, suppliers: dict[str, str], dependencies: list[dict], proposed: list[dict], committed: list[dict]
) -> dict:
    """What the customers are, and what they are busy with, drawn around the rest."""
    services = tuple(suppliers)
    users = CUSTOMERS[: draw(sampled((2, 3, 1)))]
    uses = {name: draw(some(services, least=(len(services) + 1) // 2, most=6)) for name in users}
    peaks = [peak(draw, f"P{number}", uses, base) for number in range(draw(sampled((3, 4, 2, 1, 0))))]
    found = {
        "services": [{"id": name, "supplier": supplier} for name, supplier in suppliers.items()],
        "dependencies": dependencies,
        "customers": [{"id": name, "uses": used} for name, used in uses.items()],
        "peaks": peaks,
        "committed_windows": committed,
        "waivers": [waiver(draw, proposed, peaks, base) for _ in range(draw(sampled((2, 4, 1, 0))) if peaks else 0)],
    }
    return {"world": found, "proposed": proposed}


def dependency(draw: st.DrawFn, services: str) -> dict:
    """Mostly redundant: several members, of which some may fail."""
    members = draw(some(tuple(services), least=min(2, len(services))) | some(tuple(services)))
    return {
        "service": draw(sampled(services)),
        "members": members,
        "min": draw(whole(1, max(1, len(members) - 1)) | whole(1, len(members))),
    }


def window(draw: st.DrawFn, name: str, suppliers: dict[str, str], base: date, service: str = "") -> dict:
    """A window of at most five hours on the named service, or on one or two, within some two nights; one in four repeats."""
    services = [service] if service else draw(some(tuple(suppliers), most=1) | some(tuple(suppliers), most=2))
    supplier = suppliers[services[0]]
    start = datetime.fromisoformat(f"{base}T20:00") + timedelta(minutes=draw(starts))
    written = {
        "id": name,
        "supplier": supplier,
        "services": [one for one in services if suppliers[one] == supplier],
        "type": draw(sampled(TYPES)),
        "tz": draw(sampled(ZONES)),
        "start": start.isoformat(timespec="minutes"),
        "end": (start + timedelta(minutes=draw(minutes(5 * 60, least=1)))).isoformat(timespec="minutes"),
        "rollback_minutes": draw(minutes(120)),
    }
    if draw(whole(0, 2)) == 2:
        written["impact"] = draw(sampled(IMPACTS))
    if draw(whole(0, 1)):
        written |= {"start_fold": draw(whole(0, 1)), "end_fold": draw(whole(0, 1))}
    return written | (draw(series(start.date())) if draw(whole(0, 3)) == 3 else {})


@cache
def series(start: date) -> st.SearchStrategy[dict]:
    daily = whole(1, 2).map(lambda interval: f"FREQ=DAILY;INTERVAL={interval}")
    weekly = some(naive.WEEKDAYS, most=7).map(lambda days: f"FREQ=WEEKLY;BYDAY={','.join(days)}")
    bound = whole(1, 3).map(lambda count: f"COUNT={count}") | near(start).map(lambda until: f"UNTIL={until:%Y%m%d}")
    rrule = st.tuples(daily | weekly, bound).map(";".join)
    days = days_near(start)
    repeated = st.fixed_dictionaries({"rrule": rrule, "exdates": days}, optional={"rdates": days})
    return repeated | st.fixed_dictionaries({"rdates": days, "exdates": days})


def peak(draw: st.DrawFn, name: str, uses: dict[str, list[str]], base: date) -> dict:
    customer = draw(sampled(tuple(uses)))
    written = {
        "id": name,
        "customer": customer,
        "severity": draw(sampled(("freeze", "restricted", "restricted", "advisory"))),
        "services": draw(some(tuple(uses[customer]), least=0)) if draw(whole(0, 2)) == 2 else None,
        "tz": draw(sampled(ZONES)),
        "rule": draw(rule(base)),
        "lead_in_days": draw(whole(0, 2)),
        "lead_out_days": draw(whole(0, 2)),
    }
    more = draw(whole(0, 7))
    if more & 1:
        written["daily"] = {"start": draw(sampled(CLOCKS[:-1])), "end": draw(sampled(CLOCKS))}
    if more == 2:
        written |= {"valid_from": str(draw(near(base))), "valid_until": str(draw(near(base + timedelta(days=3))))}
    if more & 4:
        written |= {"exdates": draw(days_near(base)), "rdates": draw(days_near(base))}
    if written["rule"]["type"] == "dates" and more not in (0, 2):
        written["horizon_until"] = str(draw(near(base)))
    elif more == 6:
        written["enabled"] = draw(st.booleans())
    if draw(whole(0, 2)) == 2:
        written |= draw(exceptions(written["rule"], base))
    return written


@cache
def kinds_of_change() -> st.SearchStrategy[dict]:
    """What a peak may be limited to, sometimes to nothing."""
    types, impacts = some(TYPES[1:], least=0), some(IMPACTS, least=0)
    return st.fixed_dictionaries({}, optional={"change_types": types, "impacts": impacts})


def exceptions(rule: dict, base: date) -> st.SearchStrategy[dict]:
    """Moves, mostly of a date that is there, suspensions of a few days, and kinds of change."""
    known = [str(first) for first, _ in naive.anchors(rule) if abs((first - base).days) < 5]
    day = sampled(tuple(known)) if known else near(base).map(str)
    move = st.builds(lambda one, to: {"day": one, "to": str(to)}, day, near(base))
    suspension = st.builds(
        lambda first, length: {"from": str(first), "until": str(first + timedelta(days=length))}, near(base), whole(0, 2)
    )
    moves = st.lists(move, max_size=2, unique_by=lambda one: one["day"])
    found = st.fixed_dictionaries({}, optional={"moved": moves, "suspended": st.lists(suspension, min_size=1, max_size=2)})
    return st.builds(lambda one, other: one | other, found, kinds_of_change())


@cache
def rule(base: date) -> st.SearchStrategy[dict]:
    fixed = near(base).map(fixed_on)
    weekday = sampled(naive.WEEKDAYS)
    adjusted = st.builds(lambda when, add: {"if_weekday": when, "add_days": add}, weekday, whole(-2, 2))
    moved = st.builds(lambda day, one: fixed_on(day, offset_days=-1, adjust=one), near(base), st.lists(adjusted, max_size=3))
    nth = st.builds(
        lambda when, n: {"type": "nth_weekday", "month": base.month, "weekday": when, "n": n}, weekday, sampled((-1, -1, -2, 4))
    )
    weekly = some(naive.WEEKDAYS, most=4).map(lambda days: recurring(f"FREQ=WEEKLY;BYDAY={','.join(days)}"))
    daily = whole(1, 4).map(lambda interval: recurring(f"FREQ=DAILY;INTERVAL={interval}"))
    spans = st.builds(lambda start, end: {"type": "span", "from": start, "to": end}, fixed, fixed | nth)
    return st.one_of(fixed, moved, nth, weekly, daily, spans, dates(base), dates(base))


def fixed_on(day: date, **more: object) -> dict:
    return {"type": "fixed", "month": day.month, "day": day.day} | more


def recurring(rrule: str) -> dict:
    return {"type": "rrule", "dtstart": "2027-01-04", "rrule": rrule}


def dates(base: date) -> st.SearchStrategy[dict]:
    """Dates and ranges of dates, some of which begin on one day."""
    ranges = st.builds(lambda first, length: [str(first), str(first + timedelta(days=length))], near(base), whole(1, 3))
    each = st.lists(near(base).map(str) | ranges, min_size=1, max_size=3)
    return each.map(lambda found: {"type": "dates", "dates": found})


def waiver(draw: st.DrawFn, proposed: list[dict], peaks: list[dict], base: date) -> dict:
    """Mostly for an anchor that the peak has, and mostly granted."""
    asked = peaks[draw(whole(0, len(peaks) - 1))]
    known = tuple(first for first, _ in naive.anchors(asked["rule"]) if abs((first - base).days) < 5)
    return {
        "window": f"W{draw(whole(0, len(proposed) - 1))}",
        "customer": asked["customer"],
        "rule": asked["id"],
        "anchor": str(draw(sampled(known) if known else near(base))),
        "status": draw(sampled(("granted", "granted", "refused", "requested"))),
    }
