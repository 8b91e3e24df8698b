"""Words that give somebody away: the names of the demonstration that one reader or another may not see."""

import re
from collections.abc import Iterable, Sequence

from app.demo.world import DemoWorld, Written

PEAK_NAMES = ("id", "name_nl", "name_en")
TITLES = ("title_nl", "title_en")


def words(written: Sequence[Written], *fields: str) -> set[str]:
    return {str(one[field]) for one in written for field in fields}


def customer_names(world: DemoWorld, without: str = "") -> set[str]:
    """What gives a customer away: its name and id, and those of its peaks.

    `without` is the customer that reads. What stands in its own words, or in the title of a window, gives nobody away.
    """
    peaks = world.section("peaks")
    foreign = words([one for one in world.section("customers") if one["id"] != without], "id", "name")
    foreign |= words([one for one in peaks if one["customer"] != without], *PEAK_NAMES)
    own = words([one for one in peaks if one["customer"] == without], *PEAK_NAMES)
    allowed = " ".join(own | words(world.section("windows"), *TITLES))
    return {name for name in foreign if name not in allowed}


def supplier_names(world: DemoWorld, without: str = "") -> set[str]:
    """What gives a supplier away: its name, and the ids and titles of its windows. `without` is the one that reads."""
    foreign = words([one for one in world.section("suppliers") if one["id"] != without], "name")
    return foreign | words([one for one in world.section("windows") if one["supplier"] != without], "id", *TITLES)


def found_in(text: str, canaries: Iterable[str]) -> list[str]:
    """The canaries that stand in a text as words of their own."""
    names = "|".join(re.escape(one) for one in sorted(canaries, key=len, reverse=True))
    return sorted(set(re.findall(rf"(?<![\w-])(?:{names})(?![\w-])", " ".join(text.split()))))
