"""The part of a peak's form that limits it to kinds of change. Nothing chosen is every kind."""

from wtforms import SelectMultipleField

from app.domain.peaks import Peak
from app.domain.windows import ChangeType, Impact
from app.phrases.language import Language
from app.phrases.lifecycle import say_impact, say_type
from app.web.forms import E, Form, Reading, member


class LimitsForm(Form):
    change_types = SelectMultipleField("Only for these types of change (none: for all)", validate_choice=False)
    impacts = SelectMultipleField("Only when this impact is expected (none: for all)", validate_choice=False)

    def __init__(self, language: Language, **values: object) -> None:
        super().__init__(language, **values)
        self.change_types.choices = [(str(one), say_type(language, one)) for one in ChangeType]
        self.impacts.choices = [(str(one), say_impact(language, one)) for one in Impact]

    def limits(self, reading: Reading, known: Peak | None) -> dict[str, object]:
        """The chosen kinds as fields of a peak; one that was for none may stay so."""
        types, impacts = (known.change_types, known.impacts) if known else (None, None)
        return {
            "change_types": reading.take(lambda: _kinds(ChangeType, self.change_types, types), None),
            "impacts": reading.take(lambda: _kinds(Impact, self.impacts, impacts), None),
        }


def limit_values(peak: Peak) -> dict[str, object]:
    """The limits as they are put into the form."""
    return {"change_types": sorted(map(str, peak.change_types or ())), "impacts": sorted(map(str, peak.impacts or ()))}


def _kinds(kinds: type[E], field: SelectMultipleField, known: frozenset[E] | None) -> frozenset[E] | None:
    chosen = frozenset(member(kinds, one, field.name) for one in field.data or ())
    if chosen:
        return chosen if chosen != frozenset(kinds) else None
    return known if known == chosen else None
