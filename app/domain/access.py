"""Who may do what? Parties, roles and the rights that come with them."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from app.domain.lifecycle import StepRole
from app.domain.refusal import Refusal


class PartyKind(StrEnum):
    INTEGRATOR = "integrator"
    CUSTOMER = "customer"
    SUPPLIER = "supplier"


class Role(StrEnum):
    ADMINISTRATOR = "administrator"
    CHANGE_MANAGER = "change_manager"
    DUTY_MANAGER = "duty_manager"
    PLANNER = "planner"
    VIEWER = "viewer"


class Right(StrEnum):
    """What a route or a use case asks for. SEE is only being signed in: what one sees the store decides."""

    SEE = "see"
    PROPOSE = "propose"
    DECIDE = "decide"
    KEEP_PEAKS = "keep_peaks"
    SIGN_WAIVERS = "sign_waivers"
    REVIEW = "review"
    KEEP_PARTIES = "keep_parties"
    KEEP_CALENDARS = "keep_calendars"
    KEEP_EXPERTS = "keep_experts"
    TELL = "tell"
    """Promise to tell of a window, and tell."""
    SUBSCRIBE = "subscribe"
    CONNECT = "connect"
    """Let a program act for oneself."""


ROLES: Mapping[PartyKind, frozenset[Role]] = {
    PartyKind.INTEGRATOR: frozenset({Role.ADMINISTRATOR, Role.CHANGE_MANAGER, Role.DUTY_MANAGER, Role.VIEWER}),
    PartyKind.CUSTOMER: frozenset({Role.PLANNER, Role.VIEWER}),
    PartyKind.SUPPLIER: frozenset({Role.PLANNER, Role.VIEWER}),
}

RIGHTS: Mapping[tuple[PartyKind, Role], frozenset[Right]] = {
    (PartyKind.INTEGRATOR, Role.ADMINISTRATOR): frozenset({Right.KEEP_PARTIES, Right.KEEP_CALENDARS, Right.KEEP_EXPERTS}),
    (PartyKind.INTEGRATOR, Role.CHANGE_MANAGER): frozenset({Right.PROPOSE, Right.DECIDE, Right.TELL}),
    (PartyKind.INTEGRATOR, Role.DUTY_MANAGER): frozenset({Right.PROPOSE, Right.DECIDE, Right.TELL}),
    (PartyKind.CUSTOMER, Role.PLANNER): frozenset(
        {Right.KEEP_PEAKS, Right.KEEP_CALENDARS, Right.SIGN_WAIVERS, Right.REVIEW, Right.TELL}
    ),
    (PartyKind.SUPPLIER, Role.PLANNER): frozenset({Right.PROPOSE, Right.KEEP_EXPERTS, Right.TELL}),
}
EVERYONE = frozenset({Right.SEE, Right.SUBSCRIBE, Right.CONNECT})


@dataclass(frozen=True)
class Actor:
    """A person at work: of exactly one party, with roles there, reading in a language and a zone."""

    id: str
    name: str
    party: str
    kind: PartyKind
    roles: frozenset[Role]
    language: str = "en"
    zone: str = "Europe/Amsterdam"

    @property
    def rights(self) -> frozenset[Right]:
        return EVERYONE.union(*(RIGHTS.get((self.kind, role), frozenset()) for role in self.roles))

    def may(self, right: Right) -> bool:
        return right in self.rights

    @property
    def has_emergency_authority(self) -> bool:
        return self.kind is PartyKind.INTEGRATOR and Role.DUTY_MANAGER in self.roles

    @property
    def step_role(self) -> StepRole:
        """The role in the life cycle of a window."""
        if self.kind is PartyKind.CUSTOMER:
            return StepRole.CUSTOMER
        if not self.may(Right.PROPOSE):
            return StepRole.ADMIN if Role.ADMINISTRATOR in self.roles else StepRole.VIEWER
        return StepRole.SUPPLIER if self.kind is PartyKind.SUPPLIER else StepRole.CHANGE_MANAGER


SYSTEM = Actor("system", "Ober", "", PartyKind.INTEGRATOR, frozenset({Role.ADMINISTRATOR}))
"""Acts where no person does: sets up an empty database, approves standard changes that are clear."""


def require(actor: Actor, right: Right) -> None:
    """Refused with `not_allowed` when none of the actor's roles carries the right."""
    if not actor.may(right):
        raise Refusal("not_allowed", right=right)
