"""A change of the chain around one service, before it is made: put into a situation, or found to make no sense."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from app.domain.chain import Chain, Requirement
from app.domain.refusal import Refusal
from app.domain.register import RegisteredPeak
from app.domain.situation import Customer
from app.domain.soundness import require_possible

MOST_MEMBERS = 50
MOST_REQUIREMENTS = 50
MOST_EXPERTS = 99
SERVICE_ID = re.compile(r"[A-Z0-9][A-Z0-9._-]{0,79}")


@dataclass(frozen=True)
class ChainChange:
    """Of one service: a requirement goes (`before`), comes (`after`) or changes (both); a customer begins or ends to use it."""

    service: str
    before: Requirement | None = None
    after: Requirement | None = None
    begins: str = ""
    ends: str = ""

    @property
    def services(self) -> frozenset[str]:
        """The services between which something changes."""
        ends = (one.members for one in (self.before, self.after) if one)
        return frozenset({self.service}).union(*ends)


def changed_chain(chain: Chain, change: ChainChange) -> Chain:
    """The chain if the change were made. Of two requirements that are the same, one goes."""
    requirements = list(chain.requirements)
    if change.before in requirements:
        requirements.remove(change.before)
    if change.after:
        requirements.append(change.after)
    return replace(chain, requirements=tuple(requirements))


def changed_customers(customers: Iterable[Customer], change: ChainChange) -> tuple[Customer, ...]:
    """The customers and what they use if the change were made; who uses nothing any more is not among them."""
    uses = {one.id: one.uses for one in customers}
    if change.begins:
        uses[change.begins] = uses.get(change.begins, frozenset()) | {change.service}
    if change.ends:
        uses[change.ends] = uses.get(change.ends, frozenset()) - {change.service}
    return tuple(Customer(one, used) for one, used in sorted(uses.items()) if used)


def require_sound_requirement(requirement: Requirement) -> None:
    """Some members, not too many, not itself, and a minimum that they can meet."""
    if not requirement.members:
        raise Refusal("empty_services", "members")
    if len(requirement.members) > MOST_MEMBERS:
        raise Refusal("too_many", "members", most=MOST_MEMBERS, got=len(requirement.members))
    if requirement.service in requirement.members:
        raise Refusal("requires_itself", "members", service=requirement.service)
    require_possible(requirement)


def ring(chain: Chain, requirement: Requirement) -> tuple[str, ...]:
    """The members that stand on the service themselves: with this requirement they need each other, which is allowed."""
    return tuple(one for one in sorted(requirement.members) if requirement.service in chain.below([one]))


def peaks_about(peaks: Sequence[RegisteredPeak], service: str) -> list[RegisteredPeak]:
    """The peaks that name this service; those about everything their customer uses do not."""
    return [one for one in peaks if one.peak.services and service in one.peak.services]
