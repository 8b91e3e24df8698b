"""The chain in words: what a service requires, who uses it, what happened to it, and what a change would do."""

from collections.abc import Sequence
from typing import cast

from app.domain.agreed_slots import read_slot
from app.domain.register import TrailEntry
from app.phrases.agreed_slots import say_slot
from app.phrases.calendars import say_list
from app.phrases.language import Language
from app.queries.chain_effect import Touched
from app.queries.names import Names
from app.queries.service_pages import Known, RequirementShown

HAPPENED = {
    "service.added": "added",
    "service.changed": "changed; it was called “{name}” and asked for {required} reachable",
    "requirement.added": "requires from now on {after}",
    "requirement.changed": "requires {after} instead of {before}",
    "requirement.removed": "requires no longer {before}",
    "use.added": "{customer} uses it from now on",
    "use.ended": "{customer} uses it no longer",
    "slots.agreed": "a maintenance slot was agreed: {slot}",
    "slots.ended": "a maintenance slot was ended: {slot}",
    "slots.closed": "no maintenance outside its slots from now on",
    "slots.opened": "maintenance outside its slots is possible from now on",
}


def say_service(language: Language, service: str, names: Names) -> str:
    """The name in the reader's language; the id of one whose name is gone."""
    return names.service(service, language.code) or service


def say_service_list(language: Language, services: Sequence[str], names: Names) -> str:
    return say_list(language, [say_service(language, one, names) for one in services])


def say_services_known(language: Language, known: Known, names: Names) -> list[str]:
    """By name where the reader may know it, the others counted."""
    said = [say_service(language, one, names) for one in known.ids]
    if known.others:
        others = language.n("{count} service of another supplier", "{count} services of other suppliers", known.others)
        said.append(others)
    return said


def say_customers(language: Language, known: Known, names: Names) -> str:
    """The customers in one line; those that the reader may not know by name are counted."""
    said = [names.party(one) or one for one in known.ids]
    if known.others and said:
        said.append(language.n("{count} other customer", "{count} other customers", known.others))
    elif known.others:
        said.append(language.n("{count} customer", "{count} customers", known.others))
    return say_list(language, said)


def say_requirement(language: Language, one: RequirementShown, names: Names) -> str:
    """`Core network A`, `at least 1 of 2: Core network A, Core network B`."""
    return _say_needed(language, one.minimum, one.count, say_services_known(language, one.members, names))


def say_happened(language: Language, entry: TrailEntry, names: Names) -> str:
    """What happened to a service; entries from before requirements were changed on pages name the members themselves."""
    written = {"after": entry.facts} if "members" in entry.facts else entry.facts
    facts = {name: _said(language, value, names) for name, value in written.items() if name in {"before", "after"}}
    if "customer" in entry.facts:
        facts["customer"] = names.party(str(entry.facts["customer"])) or str(entry.facts["customer"])
    if "slot" in entry.facts:
        facts["slot"] = say_slot(language, read_slot(entry.facts["slot"]))
    name = str(entry.facts.get(language.code, ""))
    return language.t(HAPPENED[entry.action], name=name, required=entry.facts.get("required", ""), **facts)


def say_reach(language: Language, one: Touched, names: Names) -> list[str]:
    """Whom a window would reach besides, and whom no longer."""
    besides = say_list(language, [names.party(customer) or customer for customer in one.reached_besides])
    no_longer = say_list(language, [names.party(customer) or customer for customer in one.reached_no_longer])
    said = []
    if besides:
        said.append(language.t("It would reach {customers} as well.", customers=besides))
    if no_longer:
        said.append(language.t("It would no longer reach {customers}.", customers=no_longer))
    return said


def say_ring(language: Language, ring: Sequence[str], service: str, names: Names) -> str:
    """Services that would need each other."""
    others = say_list(language, [say_service(language, one, names) for one in ring])
    return language.n(
        "{others} stands on {service} already: they would need each other. That is allowed; they go down together.",
        "{others} stand on {service} already: they would need each other. That is allowed; they go down together.",
        len(ring),
        others=others,
        service=say_service(language, service, names),
    )


def _said(language: Language, written: object, names: Names) -> str:
    """A requirement as the trail has it."""
    known = cast(dict[str, object], written)
    members = cast(list[str], known["members"])
    return _say_needed(language, cast(int, known["minimum"]), len(members), [say_service(language, one, names) for one in members])


def _say_needed(language: Language, minimum: int, count: int, said: Sequence[str]) -> str:
    listed = say_list(language, said)
    if count == 1:
        return listed
    if minimum == count:
        return language.t("all of {members}", members=listed)
    return language.t("at least {minimum} of {count}: {members}", minimum=minimum, count=count, members=listed)
