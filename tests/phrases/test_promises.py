"""Promises and updates read as sentences in both languages, and in the reader's own time."""

import pytest

from app.domain.lifecycle import State
from app.domain.messages import MessageKind
from app.domain.promises import HOUR, Kept, News, Standing, Status, Update
from app.phrases.language import DUTCH, ENGLISH, Language
from app.phrases.messages import say_message
from app.phrases.promises import say_kept, say_standing, say_update

AT = 1_795_374_000  # Sunday 22 November 2026, 20:00 in Amsterdam
UPDATE = Update("W-1", "KRP", ("ZONNEKROON",), News.NO_NEWS, AT, next_at=AT + HOUR)
AMSTERDAM, LONDON = "Europe/Amsterdam", "Europe/London"


@pytest.mark.parametrize(
    ("language", "zone", "said"),
    [
        (ENGLISH, AMSTERDAM, "There is no news yet; we go on and will tell you again before Sun 22 Nov 2026 21:00."),
        (DUTCH, LONDON, "Er is nog geen nieuws; wij gaan door en melden ons weer vóór zo 22 nov 2026 20:00."),
    ],
)
def test_no_news_is_a_whole_sentence_in_the_readers_language_and_time(language: Language, zone: str, said: str) -> None:
    assert say_update(language, UPDATE, zone) == said


def test_what_is_told_in_words_or_by_a_step_is_said_as_it_is() -> None:
    words = Update("W-1", "KRP", ("ZONNEKROON",), News.CONTENT, AT, nl="Klaar.", en="Done.")
    off = Update("W-1", "KRP", ("ZONNEKROON",), News.CONTENT, AT, state=State.CANCELLED)
    assert [say_update(language, words, AMSTERDAM) for language in (ENGLISH, DUTCH)] == ["Done.", "Klaar."]
    assert say_update(DUTCH, off, AMSTERDAM) == "Het gaat niet door: het is afgezegd."


@pytest.mark.parametrize(
    ("standing", "said"),
    [
        (Standing(Status.OPEN, seconds_left=59 * 60 + 59), "59 minutes left"),
        (Standing(Status.MISSED, late_seconds=26 * HOUR + 59), "1 day 2 hours late, and nothing told"),
        (Standing(Status.LATE, AT, 45), "told Sun 22 Nov 2026 20:00, 45 seconds late"),
        (Standing(Status.KEPT, AT), "kept, told Sun 22 Nov 2026 20:00"),
        (Standing(Status.WITHDRAWN, AT), "taken back"),
    ],
)
def test_how_a_promise_stands_is_said_to_the_minute(standing: Standing, said: str) -> None:
    due = AT + (standing.seconds_left or 0)
    assert say_standing(ENGLISH, standing, due, AT, AMSTERDAM) == said


def test_a_rate_is_never_rounded_up() -> None:
    assert say_kept(ENGLISH, Kept(199, 1, 0)) == "199 of 200 kept (99%), 1 late, 0 missed"
    assert say_kept(DUTCH, Kept()) == "er hoefde nog niets te worden gemeld"


def test_a_message_says_who_speaks_and_when_more_comes() -> None:
    facts = {"window": "W-1", "title": {"nl": "Patch", "en": "Patch"}, "by": "Ketenregie", "path": "/windows/W-1", "next_at": AT}
    said = say_message(
        DUTCH, AMSTERDAM, MessageKind.UPDATE_TOLD, {**facts, "said": {"nl": "Bijna klaar.", "en": "Nearly."}}, "https://o"
    )
    assert said.subject == "Patch: nieuws van Ketenregie"
    assert said.body.startswith(
        "Ketenregie: Bijna klaar.\n\nVóór zo 22 nov 2026 20:00 melden wij ons weer.\n\nhttps://o/windows/W-1"
    )
