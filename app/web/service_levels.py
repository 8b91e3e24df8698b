"""What is agreed for business services: availability and the budget of planned outage, and how it is agreed anew."""

from flask import redirect, url_for
from flask.typing import ResponseReturnValue
from wtforms import SelectField, StringField

from app.domain.access import Right
from app.domain.refusal import NotFound, Refusal
from app.domain.service_levels import MOST_BUDGET, ServiceLevel
from app.phrases.language import Language
from app.phrases.statuses import status_of
from app.queries.service_levels import Levels, levels_page
from app.usecases.service_levels import agree_level
from app.web.answers import page
from app.web.forms import Form, Reading, text_of, whole
from app.web.routing import Door
from app.web.typed import read_day, read_percentage
from app.web.visit import visit

door = Door()


class LevelForm(Form):
    service = SelectField("Service", validate_choice=False)
    availability = StringField("Availability in percent")
    budget = StringField("Minutes of planned outage a month")
    since = StringField("Holds from")

    def __init__(self, language: Language, found: Levels, **values: object) -> None:
        super().__init__(language, **values)
        self.service.choices = [(one, found.names.service(one, language.code)) for one in found.services]

    def level(self) -> ServiceLevel:
        """What was filled in, every problem told at once; what is left empty is not agreed."""
        reading = Reading()
        percent, minutes, since = text_of(self.availability), text_of(self.budget), text_of(self.since)
        availability = reading.take(lambda: read_percentage(percent, "availability") if percent else None, None)
        budget = reading.take(lambda: whole(minutes, "budget", MOST_BUDGET) if minutes else None, None)
        day = reading.take(lambda: read_day(since, "since") if since else None, None)
        reading.finish()
        return ServiceLevel(availability, budget, day)


@door.route("/agreements/levels", Right.SEE)
def list_levels() -> ResponseReturnValue:
    found = _found()
    return page("service_levels.html", found=found, form=LevelForm(visit().language, found, formdata=None))


@door.route("/agreements/levels", Right.KEEP_PARTIES, ("POST",))
def agree_on_level() -> ResponseReturnValue:
    found = _found()
    form = LevelForm(visit().language, found)
    try:
        level = form.level()
        with visit().writing() as work:
            agree_level(work, str(form.service.data or ""), level)
    except NotFound:
        raise
    except Refusal as refusal:
        form.refuse(refusal)
        return page("service_levels.html", status_of(refusal), found=found, form=form)
    return redirect(url_for("pages.list_levels"))


def _found() -> Levels:
    with visit().reading() as work:
        return levels_page(work)
