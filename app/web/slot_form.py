"""The form of the slot finder: between which days, how many, and how bad they may be."""

from collections.abc import Mapping
from datetime import date, timedelta

from wtforms import BooleanField, StringField

from app.domain.slots import MOST_SLOTS
from app.domain.spans import Instant
from app.domain.walltime import local_day
from app.queries.slots import Wanted
from app.web.forms import Form, Reading, text_of, whole
from app.web.typed import read_day, show_day

USUAL_DAYS, USUAL_SLOTS = 28, 5


class SlotForm(Form):
    slots_from = StringField("Look from")
    slots_to = StringField("Look up to")
    slots_most = StringField("How many times")
    slots_waiver = BooleanField("also what needs a waiver")
    slots_all = BooleanField("several on one day")

    def wanted(self) -> Wanted:
        reading = Reading()
        first = reading.take(lambda: read_day(text_of(self.slots_from), "slots_from"), date.min)
        last = reading.take(lambda: read_day(text_of(self.slots_to), "slots_to"), date.min)
        most = reading.take(lambda: whole(text_of(self.slots_most), "slots_most", MOST_SLOTS, 1), 1)
        reading.finish()
        return Wanted(first, last, most, with_waiver=bool(self.slots_waiver.data), is_daily=not self.slots_all.data)


def usual_search(now: Instant, zone: str) -> Mapping[str, object]:
    """What is looked for when nothing else is asked: the next four weeks."""
    today = local_day(now, zone)
    last = today + timedelta(days=USUAL_DAYS)
    return {"slots_from": show_day(today), "slots_to": show_day(last), "slots_most": str(USUAL_SLOTS)}
