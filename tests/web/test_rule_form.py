"""Every rule in its form: opened and saved unchanged it is the same rule, in both languages."""

import pytest
from flask import Flask

from app.adapters.peak_templates import peak_templates
from app.domain.anchors import AnchorRule
from app.domain.notation.rules import read_rule
from app.domain.refusal import Refusal
from app.phrases.language import DUTCH, ENGLISH, LANGUAGES
from app.phrases.peaks import KINDS
from app.web.rule_form import KEPT, RuleForm, kind_of, rule_values
from tests.domain.worked import worked
from tests.web.addresses import KINDS as TRIED

SIMPLE = {"type": "fixed", "month": 12, "day": 25}
WHOLE: dict[str, tuple[dict[str, object], str]] = {
    "leap day": ({"type": "fixed", "month": 2, "day": 29, "feb29": "mar01"}, "fixed"),
    "moved from a weekend": (
        {**SIMPLE, "adjust": [{"if_weekday": "SA", "add_days": -1}, {"if_weekday": "SU", "add_days": 1}]},
        "fixed",
    ),
    "moved from a day of the church": ({**SIMPLE, "adjust": [{"if_same_as": {"type": "easter"}, "add_days": 7}]}, "fixed"),
    "moved from a holiday": (
        {**SIMPLE, "adjust": [{"if_same_as": {"type": "holiday", "calendar": "BE", "key": "armistice"}, "add_days": -2}]},
        "fixed",
    ),
    "the last but two": ({"type": "nth_weekday", "month": 5, "weekday": "SU", "n": -3, "offset_days": -1}, "nth_weekday"),
    "strictly after": (
        {"type": "weekday_from", "month": 11, "day": 11, "weekday": "SA", "direction": "after", "offset_days": 2},
        "weekday_from",
    ),
    "orthodox": ({"type": "easter", "church": "orthodox", "offset_days": -2}, "easter"),
    "a holiday of another country": ({"type": "holiday", "calendar": "GB-ENG", "key": "spring", "offset_days": 3}, "holiday"),
    "the eighth working day": ({"type": "working_day", "calendar": "NL", "n": 8, "months": [1, 7]}, "working_day"),
    "the last day": ({"type": "day_rolled", "calendar": "TARGET", "day": "last", "roll": "modified_following"}, "day_rolled"),
    "a day that stays": ({"type": "day_rolled", "calendar": "NL", "day": 31, "roll": "none", "months": [2]}, "day_rolled"),
    "working days before a rolled day": (
        {
            "type": "workday_offset",
            "calendar": "NL",
            "n": -2,
            "base": {"type": "day_rolled", "calendar": "TARGET", "day": "last", "roll": "preceding", "months": [6]},
        },
        "workday_offset",
    ),
    "working days after Easter": (
        {"type": "workday_offset", "calendar": "TARGET", "n": 1, "base": {"type": "easter", "offset_days": 1}},
        "workday_offset",
    ),
    "from a working day to a holiday": (
        {
            "type": "span",
            "from": {"type": "working_day", "calendar": "NL", "n": -1, "months": [3]},
            "to": {"type": "holiday", "calendar": "NL", "key": "kings_day"},
        },
        "span",
    ),
    "from leap day": (
        {"type": "span", "from": {"type": "fixed", "month": 2, "day": 29, "feb29": "feb28"}, "to": {**SIMPLE, "month": 3}},
        "span",
    ),
    "dates and ranges": ({"type": "dates", "dates": ["2027-01-04", ["2027-12-24", "2028-01-02"]]}, "dates"),
    "every fourth year": (
        {"type": "rrule", "dtstart": "2026-03-01", "rrule": "FREQ=YEARLY;INTERVAL=4;BYMONTH=3;BYDAY=3WE"},
        "rrule",
    ),
}
ODD: dict[str, dict[str, object]] = {
    "four cases": {**SIMPLE, "adjust": [{"if_weekday": day, "add_days": 1} for day in ("MO", "TU", "WE", "TH")]},
    "moved from a rule": {**SIMPLE, "adjust": [{"if_same_as": {**SIMPLE, "day": 26}, "add_days": 1}]},
    "moved from a moved day": {
        **SIMPLE,
        "adjust": [{"if_same_as": {"type": "easter", "adjust": [{"if_weekday": "SU", "add_days": 1}]}, "add_days": 1}],
    },
    "a span within a span": {"type": "span", "from": {"type": "span", "from": SIMPLE, "to": {**SIMPLE, "day": 26}}, "to": SIMPLE},
    "a part that moves": {"type": "span", "from": {**SIMPLE, "adjust": [{"if_weekday": "SU", "add_days": 1}]}, "to": SIMPLE},
    "working days from a repetition": {
        "type": "workday_offset",
        "calendar": "NL",
        "n": 2,
        "base": {"type": "rrule", "dtstart": "2026-01-01", "rrule": "FREQ=MONTHLY"},
    },
    "far away": {**SIMPLE, "offset_days": 400},
    "another name of a holiday": {"type": "holiday", "calendar": "NL", "key": "christmas"},
    "no month": {"type": "working_day", "calendar": "NL", "n": 1, "months": []},
    "no date": {"type": "dates", "dates": []},
}


def saved_unchanged(rule: AnchorRule, kind: str) -> set[AnchorRule]:
    """What is read from the form that was filled in from the rule, in each language."""
    forms = (RuleForm(one, kind, rule_values(one, rule), formdata=None) for one in LANGUAGES.values())
    return {form.rule(rule) for form in forms}


def test_every_kind_can_be_chosen() -> None:
    assert set(KINDS) == set(TRIED)
    assert {kind for _, kind in WHOLE.values()} | {"weekly"} == set(KINDS)


def test_every_template_is_shown_whole(app: Flask) -> None:
    with app.app_context():
        for one in peak_templates().values():
            kind = kind_of(one.peak.rule)
            assert kind != KEPT, one.id
            assert saved_unchanged(one.peak.rule, kind) == {one.peak.rule}, one.id


def test_every_worked_rule_is_shown_whole(app: Flask) -> None:
    with app.app_context():
        rules = [read_rule(case["rule"]["rule"]) for case in worked("peaks", "rules")]
        assert len(rules) > 70
        for rule in rules:
            kind = kind_of(rule)
            assert kind != KEPT, rule
            assert saved_unchanged(rule, kind) == {rule}


@pytest.mark.parametrize("what", WHOLE)
def test_a_rule_is_filled_in_and_read_back_as_it_was(app: Flask, what: str) -> None:
    written, kind = WHOLE[what]
    rule = read_rule(written)
    with app.app_context():
        assert kind_of(rule) == kind
        assert saved_unchanged(rule, kind) == {rule}


@pytest.mark.parametrize("what", ODD)
def test_what_the_fields_cannot_hold_is_kept(app: Flask, what: str) -> None:
    rule = read_rule(ODD[what])
    with app.app_context():
        assert kind_of(rule) == KEPT
        assert saved_unchanged(rule, KEPT) == {rule}


def test_the_last_day_can_be_typed_in_either_language(app: Flask) -> None:
    values = {"": {"day": "laatste", "roll": "none", "calendar": "NL"}}
    with app.app_context():
        dutch = RuleForm(DUTCH, "day_rolled", values, formdata=None).rule()
        english = RuleForm(ENGLISH, "day_rolled", {"": {**values[""], "day": "Last"}}, formdata=None).rule()
    assert dutch == english == read_rule({"type": "day_rolled", "calendar": "NL", "day": "last", "roll": "none"})


def test_everything_that_is_wrong_with_both_ends_is_told_at_once(app: Flask) -> None:
    values = {"from": {"kind": "fixed", "day": "31", "month": "4"}, "to": {"kind": "nth_weekday", "nth": "1", "weekday": "XX"}}
    with app.app_context(), pytest.raises(Refusal) as refused:
        RuleForm(ENGLISH, "span", values, formdata=None).rule()
    assert [(one.code, one.field) for one in refused.value.problems] == [("bad_number", "from-day"), ("bad_choice", "to-weekday")]


def test_a_case_without_days_and_days_without_a_case_are_told(app: Flask) -> None:
    main = {"day": "27", "month": "4"}
    with app.app_context(), pytest.raises(Refusal) as refused:
        RuleForm(ENGLISH, "fixed", {"": main, "moves": {"case_1": "SU", "days_2": "1"}}, formdata=None).rule()
    assert [(one.code, one.field) for one in refused.value.problems] == [("missing_field", "days_1"), ("missing_field", "case_2")]
