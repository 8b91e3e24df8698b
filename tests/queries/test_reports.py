"""The reports of the story's month, worked out by hand from its file: who reads which rows, and what adds up to what.

November 2026: storage of DC1 four hours on the 1st; a CDN on the 3rd; the message bus two hours on the 8th; the certificate
engine four and a half on the 12th (an emergency); core A on the 15th; sign-on forty minutes instead of thirty on the 18th;
gateway B on the 21st; and the test lab, still at work at 20:00 on the 22nd.
"""

from dataclasses import replace
from datetime import date

import pytest

from app.domain.reports import Mark, Quadrant, Report
from app.phrases.language import language
from app.phrases.reports import DANGEROUS, Part, harmless, rows
from app.queries.reports import ReportPage, report_page
from tests.conftest import Cast
from tests.usecases.story import on_sqlite, refused

FIRST, LAST = date(2026, 11, 1), date(2026, 11, 30)


def read(cast: Cast, person: str, first: date = FIRST, last: date = LAST) -> ReportPage:
    with cast(person).reading() as work:
        return report_page(work, first, last)


def marked(report: Report) -> list[tuple[str, str, str, int | None, int | None]]:
    return [(one.quadrant, one.window, one.customer, one.mark, one.measured) for one in report.marks if one.mark is not None]


def in_minutes(report: Report) -> dict[tuple[str, str], tuple[int, int]]:
    return {(one.customer, one.service): (one.planned // 60, one.taken // 60) for one in report.minutes}


def test_what_no_figure_tells_comes_first(cast: Cast) -> None:
    """Every mark of the story beside its figure; the target is 99.5 % everywhere."""
    report = read(cast, "krp-cm-1").report
    assert marked(report) == [
        ("green_but_unhappy", "W-26-002", "LICHTLIJN", 4, 100_000),
        ("red_but_content", "W-26-004", "POLDERPOORT", 9, 98_700),
        ("green_and_content", "W-26-006", "ZONNEKROON", 6, 99_800),
        ("green_and_content", "W-26-003", "NOORDERHAVEN", 7, 99_950),
        ("green_and_content", "W-26-003", "ZONNEKROON", 8, 99_950),
        ("green_and_content", "W-26-001", "POLDERPOORT", 8, 99_900),
    ]
    unknown = {(one.window, one.customer) for one in report.marks if one.quadrant is Quadrant.UNKNOWN}
    assert {("W-26-008", "NOORDERHAVEN"), ("W-26-003", "DUINWIJK")} <= unknown


@on_sqlite
def test_minutes_are_a_union_over_the_path_and_of_all_windows_together(cast: Cast) -> None:
    """Certificates: 240 of storage (its database is on DC1), 120 of the bus, 270 of the engine, 30 planned and 40 real of sign-on.

    The bank missed nothing on the 1st, the 15th and the 21st: the other half of each pair stood.
    """
    assert in_minutes(read(cast, "krp-cm-1").report) == {
        ("DUINWIJK", "MUN-DESK"): (30, 40),
        ("DUINWIJK", "MUN-TAX"): (120, 120),
        ("LICHTLIJN", "TEL-CARE"): (30, 40),
        ("NOORDERHAVEN", "BANK-APP"): (120, 120),
        ("NOORDERHAVEN", "BANK-PAY"): (120, 120),
        ("POLDERPOORT", "CERT-PORTAL"): (240 + 120 + 270 + 30, 240 + 120 + 270 + 40),
        ("WINKELWOLK", "SHOP-ORDER"): (120, 120),
        ("ZONNEKROON", "AUC-CLOCK"): (120, 120),
        ("ZONNEKROON", "AUC-REMOTE"): (150, 160),
        ("ZONNEKROON", "AUC-SETTLE"): (120, 120),
    }


@on_sqlite
def test_planned_outage_of_a_month_counts_the_rollback_reserve_and_what_is_over_budget_is_said(cast: Cast) -> None:
    """Remote buying: bus 120 and its 30 of reserve, sign-on 30, and an emergency on the gateway of 50 still to come."""
    found = {one.service: (one.planned // 60, one.is_over) for one in read(cast, "krp-cm-1").report.budgets}
    assert found["AUC-SETTLE"] == (150, False)
    assert found["TV-LIVE"] == (0, False)
    assert found["CERT-PORTAL"] == (300 + 150 + 270 + 30, True)


@on_sqlite
def test_of_each_supplier_it_is_told_how_many_windows_were_emergencies(cast: Cast) -> None:
    found = {one.supplier: (one.emergencies, one.windows) for one in read(cast, "krp-cm-1").report.shares}
    assert found["ATELIER"] == (1, 1)
    assert found["WOLK"] == (0, 2)


@on_sqlite
def test_a_run_that_goes_on_counts_until_now(cast: Cast) -> None:
    found = {one.window: (one.planned // 60, one.taken // 60) for one in read(cast, "krp-cm-1").report.runs}
    assert found["W-26-009"] == (300, 120)
    assert found["W-26-006"] == (30, 40)


@on_sqlite
def test_a_period_of_a_day_counts_that_day_only(cast: Cast) -> None:
    report = read(cast, "krp-cm-1", date(2026, 11, 18), date(2026, 11, 18)).report
    assert in_minutes(report)["POLDERPOORT", "CERT-PORTAL"] == (30, 40)
    assert {one.window for one in report.runs} == {"W-26-006"}


@on_sqlite
def test_a_customer_reads_its_own_rows_only(cast: Cast) -> None:
    whole, own = read(cast, "krp-cm-1").report, read(cast, "lichtlijn-planner")
    assert {one.customer for one in whole.marks} > {"LICHTLIJN"}
    assert {one.customer for one in own.report.marks} == {one.customer for one in own.report.minutes} == {"LICHTLIJN"}
    assert {one.service for one in own.report.budgets} == {"TV-LIVE", "TV-ONDEMAND", "TEL-CARE"}
    assert [one.window for one in own.report.runs] == ["W-26-006"]
    assert own.report.shares == ()


@on_sqlite
def test_a_customer_is_not_told_whose_work_it_was_that_did_not_reach_it(cast: Cast) -> None:
    found = {one.window: one.supplier for one in read(cast, "lichtlijn-planner").report.marks}
    assert (found["W-26-002"], found["W-26-006"]) == ("", "SLEUTEL")


@on_sqlite
def test_a_supplier_reads_its_own_windows_and_no_customer(cast: Cast) -> None:
    page = read(cast, "brug-planner")
    assert {one.window for one in page.report.runs} == {"W-26-003"}
    assert {one.supplier for one in page.report.shares} == {"BRUG"}
    assert (page.report.marks, page.report.minutes, page.report.budgets) == ((), (), ())
    text = repr([list(rows(language("en"), page, part)) for part in Part])
    assert not [name for name in ("ZONNEKROON", "Zonnekroon", "NOORDERHAVEN") if name in text]


@on_sqlite
def test_a_supplier_reads_what_a_customer_says_that_shares_its_name(cast: Cast) -> None:
    with cast("krp-admin").writing() as work:
        work.connection.exec_driver_sql("UPDATE party SET shares_names = true WHERE id = 'ZONNEKROON'")
    assert [(one.window, one.customer, one.mark) for one in read(cast, "brug-planner").report.marks] == [
        ("W-26-003", "ZONNEKROON", 8)
    ]


@on_sqlite
def test_a_period_has_an_end_after_its_beginning_and_is_no_longer_than_a_year(cast: Cast) -> None:
    with refused("end_before_start"):
        read(cast, "krp-cm-1", LAST, FIRST)
    with refused("too_many_days"):
        read(cast, "krp-cm-1", date(2026, 1, 1), date(2027, 1, 2))


@pytest.mark.parametrize("sign", DANGEROUS)
def test_nothing_in_a_file_is_taken_for_a_formula(sign: str) -> None:
    assert harmless(f"{sign}1+1") == f"'{sign}1+1"
    assert harmless(f"1{sign}") == f"1{sign}"


@on_sqlite
def test_every_cell_of_a_file_is_harmless(cast: Cast) -> None:
    page = read(cast, "krp-cm-1")
    marks = tuple(replace(one, remark="=HYPERLINK(1)") for one in page.report.marks)
    cells = [
        cell for row in rows(language("en"), replace(page, report=replace(page.report, marks=marks)), Part.MARKS) for cell in row
    ]
    assert "'=HYPERLINK(1)" in cells
    assert not [cell for cell in cells if cell.startswith(DANGEROUS)]


def test_what_is_not_measured_or_not_agreed_is_not_called_good() -> None:
    known = Mark("W", "1", "S", "C", 0, mark=3, remark="", measured=99_000, target=99_500, planned=0, taken=0)
    assert known.quadrant is Quadrant.RED_AND_UNHAPPY
    assert replace(known, measured=99_500).quadrant is Quadrant.GREEN_BUT_UNHAPPY
    for unknown in ({"measured": None}, {"target": None}, {"mark": None}):
        assert replace(known, **unknown).quadrant is Quadrant.UNKNOWN
