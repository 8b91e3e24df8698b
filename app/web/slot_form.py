"""The form of the slot finder: between which days, how many, and how bad they may be."""

from datetime import date, timedelta

from wtforms import BooleanField, StringField

from app.domain.slots import MOST_SLOTS
from app.queries.slots import Wanted
from app.web.forms import Form, Reading, text_of, whole
from app.web.typed import read_day, show_day

DAYS_BEFORE, USUAL_DAYS = 7, 35
USUAL = {"slots_most": "5"}
"""What is filled in before anything is asked."""


class SlotForm(Form):
    slots_from = StringField("Look from")
    slots_to = StringField("Look up to")
    slots_most = StringField("How many times")
    slots_waiver = BooleanField("also what needs a waiver")
    slots_all = BooleanField("several on one day")

    def wanted(self, day: date, today: date) -> Wanted:
        """What is asked for; without days the time around the day on which the window is, as far as that is not over."""
        reading = Reading()
        before = max(today, day - timedelta(days=DAYS_BEFORE))
        first = reading.take(lambda: read_day(text_of(self.slots_from) or show_day(before), "slots_from"), before)
        later = show_day(first + timedelta(days=USUAL_DAYS))
        last = reading.take(lambda: read_day(text_of(self.slots_to) or later, "slots_to"), first)
        most = reading.take(lambda: whole(text_of(self.slots_most), "slots_most", MOST_SLOTS, 1), 1)
        reading.finish()
        return Wanted(first, last, most, with_waiver=bool(self.slots_waiver.data), is_daily=not self.slots_all.data)
