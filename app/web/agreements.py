"""What is agreed with customers: their notice, and how it is agreed anew."""

from flask import redirect, url_for
from flask.typing import ResponseReturnValue
from wtforms import SelectField, StringField

from app.domain.access import Right
from app.domain.notice import MOST_NOTICE, NoticeTerm, NoticeUnit
from app.domain.refusal import NotFound, Refusal
from app.domain.walltime import ZONE_NAMES
from app.phrases.calendars import say_calendar
from app.phrases.language import Language
from app.phrases.notice import say_unit
from app.phrases.statuses import status_of
from app.queries.agreements import Agreements, agreements
from app.usecases.agreements import agree_notice
from app.web.answers import page
from app.web.forms import Form, Reading, member, text_of, whole
from app.web.routing import Door
from app.web.typed import read_day
from app.web.visit import visit

door = Door()
NOTICE_FIELDS = {"tz": "zone"}


class NoticeForm(Form):
    customer = SelectField("Customer", validate_choice=False)
    n = StringField("How many")
    unit = SelectField("Hours or days", validate_choice=False)
    calendar = SelectField("Working days counted by", validate_choice=False)
    zone = StringField("Time zone")
    since = StringField("For windows that start on this day or later")

    def __init__(self, language: Language, found: Agreements, **values: object) -> None:
        super().__init__(language, **values)
        self.customer.choices = [(one, found.names.party(one)) for one in found.customers]
        self.unit.choices = [(str(unit), say_unit(language, unit)) for unit in NoticeUnit]
        self.calendar.choices = [(name, say_calendar(language, name)) for name in found.calendars]

    def term(self) -> NoticeTerm:
        """What was filled in, every problem told at once; without a day it holds from ever."""
        reading = Reading()
        unit = reading.take(lambda: member(NoticeUnit, self.unit.data, "unit"), NoticeUnit.HOURS)
        n = reading.take(lambda: whole(text_of(self.n), "n", MOST_NOTICE[unit]), 0)
        since = reading.take(lambda: read_day(text_of(self.since), "since") if text_of(self.since) else None, None)
        reading.finish()
        calendar = str(self.calendar.data or "") if unit is NoticeUnit.WORKING_DAYS else None
        return NoticeTerm(n, unit, text_of(self.zone), calendar, since)


@door.route("/agreements", Right.SEE)
def list_agreements() -> ResponseReturnValue:
    found = _found()
    blank = {"zone": visit().zone, "unit": NoticeUnit.WORKING_DAYS.value, "calendar": "NL"}
    return _page(found, NoticeForm(visit().language, found, formdata=None, **blank))


@door.route("/agreements", Right.KEEP_PARTIES, ("POST",))
def agree_on_notice() -> ResponseReturnValue:
    found = _found()
    form = NoticeForm(visit().language, found)
    try:
        term = form.term()
        with visit().writing() as work:
            agree_notice(work, str(form.customer.data or ""), term)
    except NotFound:
        raise
    except Refusal as refusal:
        form.refuse(refusal, NOTICE_FIELDS)
        return _page(found, form, status_of(refusal))
    return redirect(url_for("pages.list_agreements"))


def _found() -> Agreements:
    with visit().reading() as work:
        return agreements(work)


def _page(found: Agreements, form: NoticeForm, status: int = 200) -> ResponseReturnValue:
    return page("agreements.html", status, found=found, form=form, zones=sorted(ZONE_NAMES))
