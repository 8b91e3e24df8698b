"""What was promised to be told in the demonstration's story, and what was told."""

from collections.abc import Iterable, Sequence
from typing import cast

from app.demo.world import ZONE, Written, moved
from app.domain.notation.fields import wall
from app.domain.promises import News, Occasion, Promise, Update
from app.domain.spans import Instant
from app.domain.walltime import rule_instant
from app.store.database import Work
from app.usecases import history


def load_promises(work: Work, written: Written, integrator: str, weeks: int) -> None:
    """Those of one window: to the customers that it hurts, or of a customer that was asked for a waiver to the integrator."""
    promised = cast(Sequence[Written], written.get("promises", ()))
    for customer in _customers(written):
        for one in promised:
            by, to = (customer, integrator) if "waivers" in written else (integrator, customer)
            made = Promise(
                str(written["id"]),
                by,
                to,
                Occasion.WAIVER if "waivers" in written else Occasion.AGREED,
                News(str(one["kind"])),
                _instant(one["made"], weeks),
                _instant(one["due"], weeks),
            )
            history.take_over_promise(work, made, _answer(made, one, promised, weeks))


def _customers(written: Written) -> Iterable[str]:
    waivers = cast(Sequence[Written], written.get("waivers", ()))
    return [str(one["customer"]) for one in waivers] or cast(
        Sequence[str], cast(Written, written["expected"])["affected_customers"]
    )


def _answer(made: Promise, one: Written, promised: Sequence[Written], weeks: int) -> Update | None:
    if one["kept_at"] is None:
        return None
    then = [other for other in promised if other["made"] == one["kept_at"]]
    return Update(
        made.window,
        made.by,
        (made.to,),
        News.CONTENT if one["with_news"] else News.NO_NEWS,
        _instant(one["kept_at"], weeks),
        str(one.get("words_nl", "")),
        str(one.get("words_en", "")),
        next_at=_instant(then[0]["due"], weeks) if then else None,
    )


def _instant(written: object, weeks: int) -> Instant:
    return rule_instant(wall(moved(str(written), weeks), "promises"), ZONE)
