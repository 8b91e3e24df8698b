"""What is filled in while a window runs and after: one form, of which each step reads its own fields."""

from wtforms import HiddenField, SelectField, SelectMultipleField, StringField, TextAreaField

from app.domain.reviews import LEAST_MARK, MOST_MARK
from app.domain.running import MOST_GOING_BACK
from app.domain.spans import Instant
from app.domain.walltime import rule_instant
from app.phrases.language import Language
from app.phrases.running import RESULTS
from app.usecases.running import Ending
from app.web.forms import LONGEST_TEXT, Form, Reading, fitting, text_of, whole
from app.web.typed import read_wall

RUN_FIELDS = {"finished_at": "finished_day", "usable_at": "usable_day", "usable_time": "usable_day"}


class RunForm(Form):
    experts = SelectMultipleField("Experts on the bridge", validate_choice=False)
    going_back = StringField("Minutes that going back takes, as estimated")
    result = SelectField("How did it end?", validate_choice=False)
    remark = TextAreaField("Remark")
    finished_day = StringField("Finished on")
    finished_time = StringField("Finished at")
    usable_day = StringField("Usable again on")
    usable_time = StringField("Usable again at")
    decision_remark = TextAreaField("Why")
    mark = SelectField("Your mark", validate_choice=False)
    mark_remark = TextAreaField("In a sentence")
    retrospective = TextAreaField("What the emergency has taught")
    customer = SelectField("For customer", validate_choice=False)
    measured = StringField("Availability that was measured, in percent")
    occurrence = HiddenField()
    version = HiddenField()

    def __init__(self, language: Language, **values: object) -> None:
        super().__init__(language, **values)
        self.result.choices = [("", language.t("choose")), *((key, language.t(text)) for key, text in RESULTS.items())]
        self.mark.choices = [("", language.t("choose")), *((str(n), str(n)) for n in range(MOST_MARK, LEAST_MARK - 1, -1))]

    def there(self) -> frozenset[str]:
        return frozenset(self.experts.data or ())

    def minutes_back(self) -> int | None:
        text = text_of(self.going_back)
        return whole(text, "going_back", MOST_GOING_BACK) if text else None

    def ending(self, zone_name: str) -> Ending:
        """How it ended, every problem told at once. Times are read on the reader's own clock."""
        reading = Reading()
        finished = reading.take(lambda: self._moment("finished", zone_name), 0)
        usable = reading.take(lambda: self._moment("usable", zone_name) if text_of(self.usable_time) else None, None)
        remark = reading.take(lambda: fitting(self.remark, LONGEST_TEXT), "")
        reading.finish()
        return Ending(str(self.result.data or ""), remark, finished, usable)

    def usable(self, zone_name: str) -> Instant:
        return self._moment("usable", zone_name)

    def given_mark(self) -> tuple[int, str]:
        reading = Reading()
        mark = reading.take(lambda: whole(str(self.mark.data or ""), "mark", MOST_MARK, LEAST_MARK), 0)
        remark = reading.take(lambda: fitting(self.mark_remark, LONGEST_TEXT), "")
        reading.finish()
        return mark, remark

    def _moment(self, name: str, zone_name: str) -> Instant:
        wall = read_wall(text_of(self[f"{name}_day"]), text_of(self[f"{name}_time"]), name)
        return rule_instant(wall, zone_name)
