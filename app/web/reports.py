"""Reports of a period, to read, to print and to take along as a file."""

import csv
import io
from datetime import date, timedelta

from flask import Response, request
from flask.typing import ResponseReturnValue

from app.domain.access import Right
from app.domain.refusal import NotFound, Refusal
from app.domain.walltime import local_day
from app.phrases.reports import Part, rows
from app.phrases.statuses import status_of
from app.queries.reports import REPORT_ZONE, ReportPage, report_page
from app.web.answers import page
from app.web.routing import Door
from app.web.typed import read_day
from app.web.visit import visit

door = Door()


@door.route("/reports", Right.SEE)
def show_report() -> ResponseReturnValue:
    """Of the days that are asked for, or of this month."""
    try:
        return page("reports.html", found=_found(*_period()), problem=None)
    except NotFound:
        raise
    except Refusal as refusal:
        return page("reports.html", status_of(refusal), found=_found(*_this_month()), problem=refusal)


@door.route("/reports/<part>.csv", Right.SEE)
def download_report(part: str) -> ResponseReturnValue:
    """One table as a file: RFC 4180, in UTF-8 with a mark that spreadsheets know it by."""
    if part not in list(Part):
        raise NotFound("page")
    found = _found(*_period())
    text = io.StringIO()
    csv.writer(text).writerows(rows(visit().language, found, Part(part)))
    name = f"ober-{part}-{found.first.isoformat()}-{found.last.isoformat()}.csv"
    answer = Response(text.getvalue().encode("utf-8-sig"), mimetype="text/csv")
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _found(first: date, last: date) -> ReportPage:
    with visit().reading() as work:
        return report_page(work, first, last)


def _period() -> tuple[date, date]:
    first, last = _this_month()
    asked_first, asked_last = request.args.get("from", "").strip(), request.args.get("to", "").strip()
    return (
        read_day(asked_first, "from") if asked_first else first,
        read_day(asked_last, "to") if asked_last else last,
    )


def _this_month() -> tuple[date, date]:
    first = local_day(visit().now, REPORT_ZONE).replace(day=1)
    return first, (first.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
