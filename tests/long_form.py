"""How long may the tests take? With OBER_LONG_TESTS=1 as long as they like; otherwise they stay within ten minutes."""

import os
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")

LONG = os.environ.get("OBER_LONG_TESTS") == "1"


def last_of(ways: Sequence[T]) -> Sequence[T]:
    """Of several ways to walk through the same thing (a screen, a language) all in the long form, in the short one the last."""
    return ways if LONG else ways[-1:]
