"""Every step with a window leaves a receipt of its check; what it looked at is kept once, and a changed text is noticed."""

import zlib

import pytest

from app.domain.causes import Cause
from app.domain.conflicts import check
from app.domain.lifecycle import Step
from app.domain.notation.results import write_result
from app.domain.notation.situations import read_checked
from app.domain.peaks import Severity
from app.domain.relevance import relevant
from app.store import receipts, windows
from app.store.database import Work
from app.store.receipts import Found
from app.store.situations import load_situation
from app.store.tables import kept_situation
from tests.conftest import Cast

from .story import BANK_APP, FROZEN_CERTIFICATES, approved, proposed, tell
from .test_rechecking import busy

AGAIN = Cause(Step.RECHECK, "peak", "NOORDERHAVEN:launch")


def checked_again(work: Work, window_id: str) -> bool:
    """As a re-check does it."""
    window = windows.load(work, window_id).window
    situation = load_situation(work, [window])
    found = Found(window, AGAIN, check([window], situation), relevant([window], situation))
    return receipts.keep(work, [found], receipts.latest(work, [window.id])) != set()


def steps(work: Work, window_id: str) -> list[str]:
    return [one.cause.step for one in receipts.of_window(work, window_id)]


def test_a_receipt_answers_the_same_from_what_was_kept_with_it(cast: Cast) -> None:
    window = proposed(cast("krp-cm-1"), FROZEN_CERTIFICATES).id
    with cast("krp-cm-1").reading() as work:
        [receipt] = receipts.of_window(work, window)
        again = read_checked(receipts.situation_text(work, receipt.situation))
    assert (receipt.made_by, receipt.cause) == ("krp-cm-1", Cause("submit"))
    assert receipt.result["conflicts"]
    assert write_result(check(again.proposed, again.situation)) == receipt.result


def test_a_step_always_leaves_a_receipt_and_a_recheck_only_of_something_else(cast: Cast) -> None:
    """What was looked at is the same text for both steps, and is there once."""
    window = proposed(cast("krp-cm-1"), BANK_APP).id
    approved(cast("krp-cm-2"), window)
    with cast("krp-cm-1").writing() as work:
        before = len(tell(work, "SELECT sha256 FROM kept_situation"))
        assert not checked_again(work, window)
        assert steps(work, window) == ["submit", "approve"]
        assert len({one.situation for one in receipts.of_window(work, window)}) == 1
    busy(cast, "2027-01-12", severity=Severity.ADVISORY)
    with cast("krp-cm-1").writing() as work:
        assert steps(work, window) == ["submit", "approve", "recheck"], "the peak itself made it be checked again"
        assert [checked_again(work, window) for _ in range(2)] == [False, False]
        assert steps(work, window) == ["submit", "approve", "recheck"]
        assert len(tell(work, "SELECT sha256 FROM kept_situation")) == before + 1


@pytest.mark.parametrize("other", [zlib.compress(b"{}"), b"no text", zlib.compress(b"\xff")], ids=["text", "bytes", "signs"])
def test_a_kept_situation_that_was_tampered_with_is_noticed(cast: Cast, other: bytes) -> None:
    window = proposed(cast("krp-cm-1"), BANK_APP).id
    with cast("krp-cm-1").writing() as work:
        [receipt] = receipts.of_window(work, window)
        assert receipts.situation_text(work, receipt.situation)
        work.connection.execute(kept_situation.update().values(packed=other))
        assert receipts.situation_text(work, receipt.situation) is None
