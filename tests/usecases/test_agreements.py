"""What is agreed on notice is kept, is on the trail, and is nobody's business who is no party to it."""

from datetime import date

import pytest

from app.domain.notice import NoticeTerm, NoticeUnit
from app.domain.refusal import NotFound
from app.store import notice
from app.store.database import Database
from app.usecases.agreements import agree_notice
from tests.conftest import Cast

from .story import everything, on_sqlite, refused, trail_of

THREE_WEEKS = NoticeTerm(21, NoticeUnit.CALENDAR_DAYS, "Europe/Amsterdam", since=date(2027, 4, 1))
AS_IT_WAS = NoticeTerm(10, NoticeUnit.WORKING_DAYS, "Europe/Amsterdam", "NL")


def test_a_new_term_stands_beside_the_old_one_and_on_the_trail(cast: Cast) -> None:
    administrator = cast("krp-admin")
    with administrator.writing() as work:
        agree_notice(work, "ZONNEKROON", THREE_WEEKS)
    with cast("zonnekroon-planner").reading() as work:
        assert notice.terms_of(work, {"ZONNEKROON"}) == {"ZONNEKROON": (THREE_WEEKS, AS_IT_WAS)}
    assert trail_of(administrator, "party", "ZONNEKROON")[-1].action == "notice.agreed"


@on_sqlite
def test_a_customer_reads_its_own_term_alone_and_a_supplier_none(cast: Cast) -> None:
    both = {"ZONNEKROON", "NOORDERHAVEN"}
    with cast("noorderhaven-planner").reading() as work:
        assert set(notice.terms_of(work, both)) == {"NOORDERHAVEN"}
    with cast("brug-planner").reading() as work:
        assert notice.terms_of(work, both) == {}


@on_sqlite
@pytest.mark.parametrize("person", ["krp-cm-1", "zonnekroon-planner", "brug-planner"])
def test_only_an_administrator_agrees(cast: Cast, database: Database, person: str) -> None:
    before = everything(database)
    with refused("not_allowed"), cast(person).writing() as work:
        agree_notice(work, "ZONNEKROON", THREE_WEEKS)
    assert everything(database) == before


@on_sqlite
def test_nothing_is_agreed_with_a_supplier(cast: Cast) -> None:
    with pytest.raises(NotFound), cast("krp-admin").writing() as work:
        agree_notice(work, "BRUG", THREE_WEEKS)
