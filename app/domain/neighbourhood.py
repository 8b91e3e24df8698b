"""What stands near a service in the chain? The rows of its picture: what stands on it above, what it stands on below."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from app.domain.chain import Requirement


@dataclass(frozen=True)
class Line:
    """`upper` requires `lower`; `is_spare`: others could do instead."""

    upper: str
    lower: str
    is_spare: bool


@dataclass(frozen=True)
class Neighbourhood:
    """`above` and `below` are rows, the nearest first. A service stands in one row: the nearest, below before above."""

    service: str
    above: tuple[tuple[str, ...], ...]
    below: tuple[tuple[str, ...], ...]
    lines: tuple[Line, ...]


def neighbourhood(
    service: str, above: Sequence[Collection[str]], below: Sequence[Collection[str]], requirements: Collection[Requirement]
) -> Neighbourhood:
    """From what is one step away, two steps away, …, up and down, and the requirements among all of them."""
    seen = {service}
    rows: dict[str, list[tuple[str, ...]]] = {"below": [], "above": []}
    for side, steps in (("below", below), ("above", above)):
        for step in steps:
            rows[side].append(tuple(sorted(set(step) - seen)))
            seen |= set(step)
    spare: dict[tuple[str, str], bool] = {}
    for one in requirements:
        for member in one.members & seen:
            pair = (one.service, member)
            spare[pair] = spare.get(pair, True) and one.minimum < len(one.members)
    lines = tuple(Line(upper, lower, is_spare) for (upper, lower), is_spare in sorted(spare.items()))
    return Neighbourhood(service, tuple(rows["above"]), tuple(rows["below"]), lines)
