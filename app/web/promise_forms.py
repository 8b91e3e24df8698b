"""The forms of promises: to tell of a window, or to promise to, and to take a promise back."""

from wtforms import HiddenField, SelectField, SelectMultipleField, TextAreaField

from app.domain.promises import LONGEST_WORDS, OFFERED, News
from app.domain.refusal import Refusal
from app.phrases.language import Language
from app.phrases.promises import KINDS, say_kind
from app.phrases.times import say_length
from app.usecases.promising import Word
from app.web.forms import Form, Reading, fitting, member

MOST_TO = 20_000


class TellForm(Form):
    to = SelectMultipleField("To whom", validate_choice=False)
    kind = SelectField("What you tell", validate_choice=False)
    en = TextAreaField("In English, in words of the business")
    nl = TextAreaField("In Dutch, in words of the business")
    within = SelectField("And tell again within", validate_choice=False)
    going = HiddenField()

    def __init__(self, language: Language, **values: object) -> None:
        super().__init__(language, **values)
        self.kind.choices = [(str(one), say_kind(language, one)) for one in KINDS]
        lengths = [(str(one), say_length(language, one)) for one in OFFERED]
        self.within.choices = [("", language.t("nothing more is promised")), *lengths]

    def word(self) -> Word:
        """What was filled in."""
        reading = Reading()
        kind = reading.take(lambda: member(News, self.kind.data, "kind"), News.NO_NEWS)
        nl = reading.take(lambda: fitting(self.nl, LONGEST_WORDS), "")
        en = reading.take(lambda: fitting(self.en, LONGEST_WORDS), "")
        within = reading.take(self._within, None)
        reading.finish()
        return Word(self.addressed, kind, nl, en, within)

    def promised_within(self) -> int:
        """The same of a promise without anything told yet."""
        within = self._within()
        if within is None:
            raise Refusal("missing_field", "within")
        return within

    @property
    def addressed(self) -> list[str]:
        return sorted({str(one) for one in self.to.data or ()})[:MOST_TO]

    @property
    def offered_within(self) -> int | None:
        """The time that was chosen, if it is one of those that are offered."""
        return next((one for one in OFFERED if str(one) == self.within.data), None)

    def _within(self) -> int | None:
        if self.within.data and self.offered_within is None:
            raise Refusal("bad_choice", "within")
        return self.offered_within


class TakeBackForm(Form):
    reason = TextAreaField("Reason")
