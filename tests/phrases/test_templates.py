"""The templates that come with the product: each is a sound rule with dates and sentences, and each can be found."""

from datetime import date

import pytest

from app.adapters.peak_templates import peak_templates
from app.domain.anchors import AnchorRule
from app.domain.national_calendars import NATIONAL_CALENDARS
from app.domain.notation.rules import read_peak
from app.domain.occurrences import occurrences
from app.domain.peak_templates import Certainty, PeakTemplate, Sector
from app.domain.soundness import require_sound_rule
from app.phrases.language import DUTCH, ENGLISH
from app.phrases.templates import SECTORS, say_sector, say_trust, sector_of, templates_by_sector
from tests.domain.worked import worked

ALL = list(peak_templates().values())
TODAY = date(2026, 11, 22)


def test_there_are_templates_for_every_sector() -> None:
    assert len(ALL) == 119
    assert {one.sector for one in ALL} == set(Sector) == set(SECTORS)


@pytest.mark.parametrize("template", ALL, ids=[one.id for one in ALL])
def test_a_template_is_a_sound_rule_with_dates_and_a_name_in_both_languages(template: PeakTemplate) -> None:
    require_sound_rule(template.peak, NATIONAL_CALENDARS)
    assert occurrences(template.peak, date(2026, 1, 1), date(2030, 12, 31), NATIONAL_CALENDARS)
    for name in (template.name.nl, template.name.en):
        assert name.strip() == name
        assert "/" not in name.replace("t/m", ""), "a planner reads a name, not a list of codes"


def test_names_are_told_apart() -> None:
    for names in ([one.name.nl for one in ALL], [one.name.en for one in ALL]):
        assert len(set(names)) == len(names)


def rules_of_worked_cases() -> dict[str, AnchorRule]:
    return {case["rule"]["id"]: read_peak(described(case["rule"]), customer="X").rule for case in worked("peaks", "rules")}


def described(rule: dict[str, object]) -> dict[str, object]:
    words = {"name_en", "name_nl", "customer_type", "words", "confidence", "source_note"}
    return {name: value for name, value in rule.items() if name not in words}


def test_a_template_that_is_also_a_worked_case_has_its_rule() -> None:
    worked_rules = rules_of_worked_cases()
    both = [one for one in ALL if one.id in worked_rules]
    assert len(both) > 50
    assert [one.id for one in both if one.peak.rule != worked_rules[one.id]] == []


def found(text: str, own: Sector | None = None) -> list[str]:
    return [one.id for some in templates_by_sector(text, own).values() for one in some]


MOTHERS = ["flower-mothers-day", "flower-mothering-sunday-uk", "flower-fete-des-meres"]


@pytest.mark.parametrize(
    "text",
    [
        "moederdag",
        "MOEDERDAG",
        " Moederdag ",
        "mother’s day",
        "mothers",
        "Mother's",
        "bloemen moederdag",
        "moederdag flower",
        "möederdag",
    ],
)
def test_a_template_is_found_in_either_language_whatever_its_letters(text: str) -> None:
    assert found(text) == MOTHERS


def test_a_template_is_found_by_its_rule_and_by_its_sector() -> None:
    assert "flower-mothers-day" in found("tweede zondag van mei")
    assert "flower-mothers-day" in found("second sunday may")
    assert set(found("cafe")) == set(found("café")) == {one.id for one in ALL if one.sector is Sector.FOOD}
    assert found("nothing-is-called-so") == []


def test_the_own_sector_comes_first_and_the_others_after_it() -> None:
    assert next(iter(templates_by_sector())) is Sector.FLOWERS
    assert list(templates_by_sector(own=Sector.BANKING))[:2] == [Sector.BANKING, Sector.FLOWERS]
    assert len(found("", Sector.BANKING)) == len(ALL)


@pytest.mark.parametrize(
    ("trade", "sector"),
    [
        ("flower auction", Sector.FLOWERS),
        ("bloemenveiling", Sector.FLOWERS),
        ("airport animal hotel and cargo", Sector.AIRPORTS),
        ("telecom / TV provider", Sector.MEDIA),
        ("bank", Sector.BANKING),
        ("webshop", Sector.WEBSHOPS),
        ("municipality", Sector.GOVERNMENT),
        ("gemeente", Sector.GOVERNMENT),
        ("", None),
        ("circus", None),
    ],
)
def test_a_trade_sounds_like_a_sector(trade: str, sector: Sector | None) -> None:
    assert sector_of(trade) is sector


def test_a_sector_has_a_name_in_both_languages() -> None:
    assert say_sector(DUTCH, Sector.FLOWERS) == "Bloemenveilingen en bloemenhandel"
    assert say_sector(ENGLISH, Sector.FLOWERS) == "Flower auctions and flower trade"


def test_what_to_check_before_relying_on_a_template_is_said() -> None:
    known = peak_templates()
    assert say_trust(ENGLISH, known["flower-mothers-day"], TODAY) == []
    assert say_trust(ENGLISH, known["tv-cl-matchdays-2627"], TODAY) == [
        "This is how it usually is. Check it against your own calendar.",
        "Dates are known until 30 June 2027; add later ones when they are published.",
        "Source: UEFA",
    ]
    assert say_trust(DUTCH, known["event-ticket-sale"], date(2028, 2, 1)) == [
        "Dit is een voorbeeld. Vul uw eigen datums en tijden in.",
        "De datums in dit sjabloon zijn voorbij. Vul nieuwe in.",
    ]
    assert {one.certainty for one in ALL} == set(Certainty)
