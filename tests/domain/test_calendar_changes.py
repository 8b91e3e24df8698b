"""What became of a calendar since the last copy, and which changes are asked about first."""

from dataclasses import replace

import pytest

from app.domain.calendar_changes import changes, with_past
from app.domain.foreign_entries import ForeignEntry

NOW = 1_800_000_000
HOUR, DAY = 3600, 24 * 3600


def match(number: int, *, uid: str = "") -> ForeignEntry:
    """The match of so many days from now; it takes two hours."""
    return ForeignEntry(NOW + number * DAY, NOW + number * DAY + 2 * HOUR, uid or f"match-{number}", None, f"Match {number}")


def later(one: ForeignEntry, seconds: int) -> ForeignEntry:
    return replace(one, start=one.start + seconds, end=one.end + seconds)


SEASON = [match(number) for number in range(1, 21)]


def test_the_same_calendar_has_no_changes() -> None:
    found = changes(SEASON, list(reversed(SEASON)), NOW)
    assert (found.added, found.moved, found.gone, found.must_be_asked) == ((), (), (), False)


def test_a_match_that_moved_is_recognised_by_its_uid() -> None:
    new = [later(SEASON[0], 3 * HOUR), *SEASON[1:]]
    found = changes(SEASON, new, NOW)
    assert (found.added, found.moved, found.gone) == ((), ((SEASON[0], new[0]),), ())


def test_one_of_a_series_is_recognised_by_its_place_in_it() -> None:
    series = [replace(match(number, uid="training"), recurrence_id=NOW + number * DAY) for number in (1, 8, 15)]
    new = [series[0], later(series[1], HOUR), series[2]]
    assert changes(series, new, NOW).moved == ((series[1], new[1]),)


def test_any_number_of_matches_may_move() -> None:
    assert not changes(SEASON, [later(one, DAY // 2) for one in SEASON], NOW).must_be_asked


def test_one_that_moves_into_the_past_is_gone() -> None:
    assert changes(SEASON, [later(SEASON[0], -9 * DAY), *SEASON[1:]], NOW).gone == (SEASON[0],)


def test_one_that_becomes_shorter_is_gone_and_one_that_becomes_longer_is_not() -> None:
    shorter, longer = (replace(SEASON[0], end=SEASON[0].end + seconds) for seconds in (-HOUR, HOUR))
    assert changes(SEASON, [shorter, *SEASON[1:]], NOW).gone == (SEASON[0],)
    assert changes(SEASON, [longer, *SEASON[1:]], NOW).gone == ()


def test_new_uids_at_every_export_are_no_change() -> None:
    renamed = [replace(one, uid=f"export-2-{one.uid}") for one in SEASON]
    found = changes(SEASON, renamed, NOW)
    assert (found.added, found.moved, found.gone, found.must_be_asked) == ((), (), (), False)


def test_what_is_over_may_disappear_and_stays_known() -> None:
    past = [match(-3), match(-2), match(-400)]
    found = changes([*past, *SEASON], SEASON, NOW)
    assert (found.gone, found.ahead) == ((), 20)
    assert with_past([*past, *SEASON], SEASON, NOW) == (match(-3), match(-2), *SEASON)


def test_what_is_going_on_at_this_moment_is_not_over() -> None:
    going_on = replace(match(0), start=NOW - HOUR, end=NOW + HOUR)
    assert changes([going_on], [], NOW).gone == (going_on,)
    assert with_past([going_on], [], NOW) == ()


def test_what_was_put_off_is_not_kept_where_it_was() -> None:
    assert with_past([match(-1)], [later(match(-1), 30 * DAY)], NOW) == (later(match(-1), 30 * DAY),)


@pytest.mark.parametrize(
    ("ahead", "gone", "is_asked"),
    [
        (20, 0, False),
        (20, 4, False),
        (20, 5, True),
        (30, 5, False),
        (30, 6, True),
        (100, 5, False),
        (100, 6, True),
        (5, 1, False),
        (4, 1, True),
        (1, 1, True),
    ],
)
def test_more_than_a_fifth_or_more_than_five_of_those_ahead_are_asked_about(ahead: int, gone: int, is_asked: bool) -> None:
    season = [match(number) for number in range(1, ahead + 1)]
    found = changes(season, season[gone:], NOW)
    assert (len(found.gone), found.must_be_asked) == (gone, is_asked)


def test_an_emptied_calendar_is_asked_about_and_an_empty_one_is_not() -> None:
    assert changes(SEASON, [], NOW).must_be_asked
    assert changes(SEASON, [match(-5)], NOW).must_be_asked
    assert not changes([match(-5)], [], NOW).must_be_asked
    assert not changes([], [], NOW).must_be_asked


def test_what_comes_is_told() -> None:
    found = changes(SEASON, [*SEASON, match(40), match(-1)], NOW)
    assert (found.added, found.ahead_now) == ((match(40),), 21)
