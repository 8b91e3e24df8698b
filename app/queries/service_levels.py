"""What was agreed for business services, as far as the reader may know it."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.domain.access import PartyKind
from app.domain.refusal import NotFound
from app.domain.service_levels import ServiceLevel
from app.queries.names import Names, load_names
from app.store import chain, parties, service_levels
from app.store.database import Work


@dataclass(frozen=True)
class Levels:
    """The services that customers use, by id; and by service what was agreed, the latest word first."""

    services: Sequence[str]
    levels: dict[str, tuple[ServiceLevel, ...]]
    names: Names


def levels_page(work: Work) -> Levels:
    """The integrator reads those of every service that is used, a customer those of its own; suppliers are party to none."""
    if work.actor.kind is PartyKind.SUPPLIER:
        raise NotFound("page")
    used = sorted(chain.users_of(work, parties.visible_services(work)))
    return Levels(used, service_levels.levels_of(work, used), load_names(work, party_ids=(), service_ids=used))
