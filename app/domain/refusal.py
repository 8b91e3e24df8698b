"""A "no" as a value: what is refused, in which field, and with which facts."""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong: a stable code, the field it is about ("" for the whole) and the facts to tell."""

    code: str
    field: str = ""
    facts: Mapping[str, object] = dataclasses.field(default_factory=dict)


class Refusal(Exception):  # noqa: N818 - the business word (house rule 15), not a programming error
    """Raised where the business says no. Doors translate it once: a page, an exit status, a line of JSON.

    `code` is stable and leaves the house; sentences are made from it by `phrases`.
    """

    def __init__(self, code: str, field: str = "", **facts: object) -> None:
        super().__init__(code)
        self.problems: tuple[Problem, ...] = (Problem(code, field, facts),)

    @classmethod
    def of(cls, problems: tuple[Problem, ...]) -> "Refusal":
        """Several problems told at once, in the order they were found; the first gives the code."""
        refusal = cls(problems[0].code)
        refusal.problems = problems
        return refusal

    @property
    def code(self) -> str:
        return self.problems[0].code


class NotFound(Refusal):
    """What does not exist, and what is not yours: one answer for both (DESIGN section 4)."""

    def __init__(self, kind: str) -> None:
        super().__init__("not_found", kind=kind)
