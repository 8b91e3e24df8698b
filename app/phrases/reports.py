"""Reports in words and numbers: quadrants, percentages, minutes; and the same as rows of a file."""

from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum

from app.domain.reports import ENOUGH, Budget, Mark, Quadrant
from app.domain.walltime import local_day
from app.phrases.language import Language
from app.phrases.running import say_result
from app.phrases.times import say_day, say_moment, say_month
from app.queries.reports import REPORT_ZONE, ReportPage

QUADRANTS: Mapping[Quadrant, str] = {
    Quadrant.GREEN_BUT_UNHAPPY: "green but unhappy",
    Quadrant.RED_AND_UNHAPPY: "target missed, and unhappy",
    Quadrant.RED_BUT_CONTENT: "target missed, but content",
    Quadrant.GREEN_AND_CONTENT: "target met, and content",
    Quadrant.UNKNOWN: "not known",
}


class Part(StrEnum):
    """The tables of a report, each a file of its own."""

    MARKS = "marks"
    RUNS = "runs"
    MINUTES = "minutes"
    BUDGETS = "budgets"
    SHARES = "shares"


TITLES: Mapping[Part, str] = {
    Part.MARKS: "Figures and marks side by side",
    Part.RUNS: "What ran",
    Part.MINUTES: "Minutes without a service",
    Part.BUDGETS: "Planned outage against its budget",
    Part.SHARES: "Emergencies",
}
DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\0")
"""With these a spreadsheet takes a text for a formula (SECURITY, T56)."""


def say_quadrant(language: Language, quadrant: Quadrant) -> str:
    return language.t(QUADRANTS[quadrant])


def say_percentage(language: Language, thousandths: int | None) -> str:
    """`99.95 %`, as many decimals as it has; a dash for what is not known."""
    if thousandths is None:
        return "–"
    whole, rest = divmod(thousandths, 1000)
    decimals = f"{rest:03d}".rstrip("0")
    point = "," if language.code == "nl" else "."
    return f"{whole}{point}{decimals} %" if decimals else f"{whole} %"


def say_met(language: Language, mark: Mark) -> str:
    """Whether the target was met, in words; colour is never the only sign."""
    if mark.is_met is None:
        return language.t("not known")
    return language.t("met") if mark.is_met else language.t("missed")


def say_enough(language: Language) -> str:
    return language.t("A mark of {enough} or more counts as content.", enough=ENOUGH)


def minutes(seconds: int) -> str:
    """Whole minutes, part of one counted as one: nobody's outage is rounded away."""
    return str(-(-seconds // 60))


def say_budget(language: Language, budget: Budget) -> str:
    if budget.allowed is None:
        return language.t("nothing agreed")
    return language.t("over budget") if budget.is_over else language.t("within budget")


def say_part(language: Language, part: Part) -> str:
    return language.t(TITLES[part])


def rows(language: Language, found: ReportPage, part: Part) -> Iterator[Sequence[str]]:
    """One table as rows of text, the first its headings; nothing in it can be taken for a formula."""
    for row in (_headings(language)[part], *_rows(language, found, part)):
        yield [harmless(str(cell)) for cell in row]


def harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(DANGEROUS) else cell


def _headings(language: Language) -> Mapping[Part, Sequence[str]]:
    t = language.t
    window, customer, supplier, service = t("Window"), t("Customer"), t("Supplier"), t("Service")
    planned, taken = t("Minutes planned"), t("Minutes in fact")
    seen = (t("Finished"), t("Mark"), t("Measured"), t("Target"), t("SLA"))
    return {
        Part.MARKS: (t("Quadrant"), window, customer, *seen, planned, taken, t("Remark")),
        Part.RUNS: (window, supplier, t("Started"), planned, taken, t("Result")),
        Part.MINUTES: (customer, service, planned, taken),
        Part.BUDGETS: (service, t("Month"), planned, t("Minutes agreed"), t("Budget")),
        Part.SHARES: (supplier, t("Emergencies"), t("Windows"), t("Share")),
    }


def _rows(language: Language, found: ReportPage, part: Part) -> Iterator[Sequence[object]]:
    names, report, code = found.names, found.report, language.code
    match part:
        case Part.MARKS:
            for one in report.marks:
                yield (
                    say_quadrant(language, one.quadrant),
                    one.window,
                    names.party(one.customer),
                    say_day(language, local_day(one.finished_at, REPORT_ZONE)),
                    "" if one.mark is None else one.mark,
                    say_percentage(language, one.measured),
                    say_percentage(language, one.target),
                    say_met(language, one),
                    minutes(one.planned),
                    minutes(one.taken),
                    one.remark,
                )
        case Part.RUNS:
            for ran in report.runs:
                result = say_result(language, ran.result) if ran.result else language.t("in progress")
                started = say_moment(language, ran.started_at, REPORT_ZONE)
                yield ran.window, names.party(ran.supplier), started, minutes(ran.planned), minutes(ran.taken), result
        case Part.MINUTES:
            for missed in report.minutes:
                yield (
                    names.party(missed.customer),
                    names.service(missed.service, code),
                    minutes(missed.planned),
                    minutes(missed.taken),
                )
        case Part.BUDGETS:
            for budget in report.budgets:
                allowed = "" if budget.allowed is None else minutes(budget.allowed)
                month = say_month(language, budget.month)
                yield names.service(budget.service, code), month, minutes(budget.planned), allowed, say_budget(language, budget)
        case Part.SHARES:
            for share in report.shares:
                yield names.party(share.supplier), share.emergencies, share.windows, f"{100 * share.emergencies // share.windows} %"
