"""What happened to a service is said in words, also of what was entered before requirements could be changed on pages."""

import pytest

from app.domain.register import TrailEntry
from app.phrases.chain import say_happened
from app.phrases.language import ENGLISH
from app.queries.names import Names

NEEDED = {"members": ["MW-QUEUE-1", "MW-QUEUE-2"], "minimum": 1}


@pytest.mark.parametrize("facts", [NEEDED, {"after": NEEDED}], ids=["as it was written once", "as it is written now"])
def test_a_requirement_that_was_added_is_said(facts: dict[str, object]) -> None:
    entry = TrailEntry(0, None, None, "requirement.added", "MW-ESB", "", facts)
    assert say_happened(ENGLISH, entry, Names({}, {})) == "requires from now on at least 1 of 2: MW-QUEUE-1 and MW-QUEUE-2"
