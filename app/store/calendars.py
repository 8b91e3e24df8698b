"""Working-day calendars: the national ones with their corrections, and customers' own. Every version is kept."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import date
from functools import lru_cache

from sqlalchemy import ColumnElement, Row, insert, or_, select, true
from sqlalchemy import exists as any_of

from app.domain.access import PartyKind
from app.domain.national_calendars import NATIONAL_CALENDARS
from app.domain.own_calendars import CalendarVersion, ChangedDay, assembled, uncorrected, with_changes
from app.domain.refusal import NotFound, Refusal
from app.domain.workdays import Calendars, WorkdayCalendar
from app.store.among import among
from app.store.database import Work
from app.store.tables import calendar_version

v = calendar_version.c
newer = calendar_version.alias("newer")
LATEST = select(calendar_version).where(~any_of().where(newer.c.name == v.name, newer.c.number > v.number))
THEIRS = or_(v.customer_id.is_(None), among(v.customer_id, "customers"))


def load_calendars(work: Work, customers: Iterable[str]) -> Calendars:
    """What these customers' peaks may count with: the national calendars as they are now, and their own.

    One small query. A check sees them whole; what its reader may see is decided after.
    """
    return assembled(_latest(work, THEIRS, customers=customers))


def every_calendar(work: Work) -> Calendars:
    """All there are, whoever's: for dating peaks again."""
    return assembled(_latest(work, true()))


def visible_calendars(work: Work) -> list[CalendarVersion]:
    """The present version of every calendar the actor may see: national ones first, then by customer."""
    kept = {one.name: one for one in _latest(work, _visible(work))}
    national = [kept.pop(name, uncorrected(name)) for name in NATIONAL_CALENDARS]
    return [*national, *sorted(kept.values(), key=lambda one: (one.customer or "", one.name))]


def versions_of(work: Work, name: str) -> list[CalendarVersion]:
    """Every version of a calendar the actor may see, oldest first; another customer's calendar does not exist."""
    rows = work.connection.execute(select(calendar_version).where(v.name == name, _visible(work)).order_by(v.number))
    found = [_version(row) for row in rows]
    if name in NATIONAL_CALENDARS:
        return [uncorrected(name), *found]
    if not found:
        raise NotFound("calendar")
    return found


def add_version(work: Work, new: CalendarVersion) -> None:
    work.connection.execute(
        insert(calendar_version).values(
            name=new.name,
            number=new.number,
            customer_id=new.customer,
            base=new.base,
            title=new.title,
            source=new.source,
            days=json.dumps([_written(one) for one in new.days]),
            reason=new.reason,
            made_at=new.made_at,
            made_by=new.made_by,
        )
    )


def exists(work: Work, name: str) -> bool:
    """Whether a calendar of that name was ever made, whoever's it is."""
    return work.connection.execute(select(v.number).where(v.name == name).limit(1)).first() is not None


def calendars_as_seen(work: Work, seen: Mapping[str, str]) -> Calendars:
    """The calendars in the versions that a check named, to count again as then.

    A version that is neither shipped nor kept (`unknown_version`) cannot be counted with.
    """
    rows = work.connection.execute(select(calendar_version).where(v.name.in_(sorted(seen))))
    kept: dict[str, list[CalendarVersion]] = defaultdict(list)
    for row in rows:
        kept[row.name].append(_version(row))
    found: dict[str, WorkdayCalendar] = {}
    for name in sorted(seen, key=lambda one: one not in NATIONAL_CALENDARS):
        known = _ever(name, kept[name], found)
        if seen[name] not in known:
            raise Refusal("unknown_version", calendar=name, version=seen[name])
        found[name] = known[seen[name]]
    return found


def _ever(name: str, kept: Iterable[CalendarVersion], bases: Calendars) -> dict[str, WorkdayCalendar]:
    """By version: everything a calendar has been; an own one on the base that was seen."""
    if name in NATIONAL_CALENDARS:
        shipped = NATIONAL_CALENDARS[name]
        made = [shipped, *(with_changes(shipped, one) for one in kept)]
    else:
        made = [with_changes(bases[one.base], one) for one in kept if one.base in bases]
    return {one.version: one for one in made}


def _latest(work: Work, condition: ColumnElement[bool], **asked: object) -> list[CalendarVersion]:
    return [_version(row) for row in work.connection.execute(LATEST.where(condition), asked)]


def _visible(work: Work) -> ColumnElement[bool]:
    """National calendars are everybody's; an own one is its customer's and the integrator's."""
    is_national = v.customer_id.is_(None)
    match work.actor.kind:
        case PartyKind.INTEGRATOR:
            return true()
        case PartyKind.CUSTOMER:
            return or_(is_national, v.customer_id == work.actor.party)
        case PartyKind.SUPPLIER:
            return is_national


def _version(row: Row[tuple[object, ...]]) -> CalendarVersion:
    return CalendarVersion(
        name=row.name,
        base=row.base,
        customer=row.customer_id,
        title=row.title,
        source=row.source,
        number=row.number,
        days=_days(row.days),
        reason=row.reason,
        made_at=row.made_at,
        made_by=row.made_by,
    )


@lru_cache(maxsize=4096)
def _days(text: str) -> tuple[ChangedDay, ...]:
    """The changed days that a stored text lists; the same text is read once."""
    return tuple(ChangedDay(**{**written, "day": date.fromisoformat(written["day"])}) for written in json.loads(text))


def _written(one: ChangedDay) -> dict[str, object]:
    return asdict(one) | {"day": one.day.isoformat()}
