"""A peak from a template: searched, opened with everything filled in, adjusted and saved."""

from dataclasses import replace

import pytest
from flask import Flask

from app.adapters.peak_templates import peak_templates
from app.domain.access import SYSTEM
from app.domain.peaks import Lead, Severity
from app.domain.register import RegisteredPeak
from app.domain.spans import Instant
from app.phrases.language import LANGUAGES, Language
from app.store import peaks
from app.store.database import Database
from app.web.peak_form import PeakForm, peak_values
from app.web.rule_form import kind_of
from tests.web.addresses import KINDS
from tests.web.conftest import SigningIn
from tests.web.visitor import Answer, Visitor

MOTHERS_DAY = "/peaks/new/nth_weekday?template=flower-mothers-day"


def loaded(database: Database, now: Instant, where: str) -> RegisteredPeak:
    with database.reading(SYSTEM, now) as work:
        return peaks.load(work, where.removeprefix("/peaks/"))


def offered(answer: Answer) -> list[str]:
    """The templates on a page, in their order."""
    links = [link.attributes["href"] for link in answer.page.one(id="found").all("a")]
    return [one.rpartition("template=")[2] for one in links if "template=" in one]


def first_group(visitor: Visitor) -> tuple[str, bool]:
    group = visitor.get("/peaks/new").page.one(id="found").all("details")[0]
    return group.one("summary").text, "open" in group.attributes


def test_all_templates_are_offered_by_sector_the_own_one_open_and_first(signed_in: SigningIn) -> None:
    visitor = signed_in("zonnekroon-planner")
    assert len(offered(visitor.get("/peaks/new"))) == 119
    assert first_group(visitor) == ("Flower auctions and flower trade (10)", True)
    assert first_group(signed_in("noorderhaven-planner", "nl")) == ("Banken en betalingsverkeer (7)", True)


@pytest.mark.parametrize("language", ["en", "nl"])
def test_a_search_finds_by_words_of_both_languages(signed_in: SigningIn, language: str) -> None:
    visitor = signed_in("zonnekroon-planner", language)
    for asked in ("moederdag", "Mother%27s+Day", "M%C3%B3ederdag", "mother%E2%80%99s"):
        assert offered(visitor.get(f"/peaks/new?q={asked}"))[0] == "flower-mothers-day", asked
    assert offered(visitor.get("/peaks/new?q=xyzzy")) == []


def test_what_was_asked_stays_in_the_field_and_is_not_markup(signed_in: SigningIn) -> None:
    visitor = signed_in("zonnekroon-planner")
    visitor.types_anything = True
    answer = visitor.get("/peaks/new", query_string={"q": '<b>"x"</b>' + "y" * 500})
    assert answer.main.one(id="q").attributes["value"].startswith('<b>"x"</b>yyy')
    assert not answer.main.all("b")
    assert len(answer.main.one(id="q").attributes["value"]) == 80


def test_three_inputs_make_mothers_day(signed_in: SigningIn, demo_database: Database, story_now: Instant) -> None:
    visitor = signed_in("duinwijk-planner", "nl")
    form = visitor.get(MOTHERS_DAY)
    assert form.main.one(id="name").attributes["value"] == "Moederdagpiek"
    answer = visitor.send(form, {"lead_before": "6", "severity": "restricted"}, id="peak-form")
    assert answer.status == 302, answer.errors
    kept = loaded(demo_database, story_now, answer.location)
    template = peak_templates()["flower-mothers-day"]
    assert kept.name == template.name, "both languages"
    assert (kept.peak.lead, kept.peak.severity, kept.peak.rule) == (Lead(6), Severity.RESTRICTED, template.peak.rule)


def test_another_name_is_the_planners_own(signed_in: SigningIn, demo_database: Database, story_now: Instant) -> None:
    visitor = signed_in("duinwijk-planner", "nl")
    answer = visitor.send(visitor.get(MOTHERS_DAY), {"name": "Moederdag bij ons"}, id="peak-form")
    name = loaded(demo_database, story_now, answer.location).name
    assert name.nl == name.en == "Moederdag bij ons"


@pytest.mark.parametrize("language", LANGUAGES.values(), ids=LANGUAGES)
def test_every_template_that_nobody_touched_is_its_own_peak(app: Flask, language: Language) -> None:
    with app.test_request_context():
        for template in peak_templates().values():
            form = PeakForm(language, kind_of(template.peak.rule), (), formdata=None, **peak_values(language, template))
            draft = form.draft(template)
            assert (draft.peak, draft.name) == (template.peak, template.name), template.id


@pytest.mark.parametrize("kind", KINDS)
def test_a_template_of_each_kind_is_saved_as_it_is(
    signed_in: SigningIn, demo_database: Database, story_now: Instant, kind: str
) -> None:
    visitor = signed_in("duinwijk-planner")
    with visitor.app.app_context():
        template = next(one for one in peak_templates().values() if kind_of(one.peak.rule) == kind)
    answer = visitor.send(visitor.get(f"/peaks/new/{kind}?template={template.id}"), {}, id="peak-form")
    assert answer.status == 302, answer.errors
    kept = loaded(demo_database, story_now, answer.location)
    assert (replace(kept.peak, id=template.id, customer=""), kept.name) == (template.peak, template.name)


def test_what_to_check_stands_above_the_form(signed_in: SigningIn) -> None:
    visitor = signed_in("lichtlijn-planner")
    form = visitor.get("/peaks/new/dates?template=tv-cl-matchdays-2627")
    for said in ("This is how it usually is.", "Dates are known until 30 June 2027", "Source: UEFA"):
        assert said in form.main.text


@pytest.mark.parametrize(
    "address",
    [
        "/peaks/new/fixed?template=flower-mothers-day",
        "/peaks/new/nth_weekday?template=no-such-template",
        "/peaks/new/nth_weekday?template=",
        "/peaks/new/kept?template=flower-mothers-day",
    ],
)
def test_a_template_that_does_not_exist_or_is_of_another_kind_is_not_there(signed_in: SigningIn, address: str) -> None:
    visitor = signed_in("zonnekroon-planner")
    assert visitor.get(MOTHERS_DAY).status == 200
    for answer in (visitor.get(address), visitor.post(address, {}), visitor.post(address.replace("/new/", "/dates/"), {})):
        assert answer.status == 404
