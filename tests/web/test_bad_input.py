"""Whatever is sent: a clear no beside its field, or it is kept as it is; never a failure, and nothing by halves."""

from collections.abc import Iterator, Mapping
from io import BytesIO
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.domain.access import SYSTEM
from app.domain.spans import Instant
from app.store import peaks, windows
from app.store.database import Database
from tests.web.conftest import Building
from tests.web.filling import LAB, rows
from tests.web.visitor import Visitor

LONG = "x" * 30_000
DIGITS = "9" * 5_000
SCRIPT = "<script>alert(1)</script>"
SQL = "'; DROP TABLE person; --"
CONTROLS = "\x00\x01\x0b\x1b"
ANYWHERE = (SCRIPT, SQL, CONTROLS, LONG, "\x00", "%s%n{0}{x}${7*7}", "🌷‮x", "\ud7ff￾")
SAID_ANYWHERE = tuple(one for one in ANYWHERE if one.strip(CONTROLS))
"""Those of which something is left without control characters: an optional field with nothing in it is empty."""

BAD_DATES = (
    "",
    "31-2-2027",
    "29 feb 2027",
    "0-0-0",
    "1-1-99999",
    "1-1-0",
    "99-99-9999",
    "1-1-1970",
    "31-12-2200",
    "2027-13-01",
    "1-1",
    "2027",
    "tomorrow",
    "12 frimaire 2027",
    "1-1-2027-1",
    "1e3-1-2027",
    f"1-1-{DIGITS}",
    *ANYWHERE,
)
SOME_BAD_DATES = ("31-2-2027", "29 feb 2027", "1-1-99999", "tomorrow", DIGITS, SCRIPT)
BAD_TIMES = ("", "25:00", "24:00", "12:60", "-1:00", "1:2:3:4", "noon", DIGITS, "²²:00", "12:00 pm", *ANYWHERE)
SOME_BAD_TIMES = ("25:00", "24:01", "noon", SCRIPT)
BAD_NUMBERS = ("-1", "1.5", "1e3", "1_0", "one", "²", "999999999999", DIGITS, *SAID_ANYWHERE)
SOME_BAD_NUMBERS = ("-1", "1.5", "367", "one", DIGITS, SCRIPT)
BAD_ZONES = ("", "Mars/Olympus", "europe/amsterdam", "../../etc/passwd", "UTC+1", "Europe/", *ANYWHERE)
BAD_CHOICES = ("", "nonsense", DIGITS, SCRIPT)
TOO_LONG = ("x" * 201, LONG)
TOO_LONG_TEXT = ("x" * 4_001, LONG)

BAD_WINDOWS: Mapping[str, tuple[object, ...]] = {
    "services": (
        "",
        "NO-SUCH-THING",
        "AUC-CLOCK",
        ["LAB-TEST", "AUC-CLOCK"],
        ["LAB-TEST", "NO-SUCH-THING"],
        [],
        "lab-test",
        *ANYWHERE,
    ),
    "title": ("", "   ", "\x00", CONTROLS, *TOO_LONG),
    "type": BAD_CHOICES,
    "impact": BAD_CHOICES,
    "start_day": BAD_DATES,
    "start_time": BAD_TIMES,
    "end_day": (*BAD_DATES, "19-1-2027", "21-1-2029"),
    "end_time": BAD_TIMES,
    "zone": BAD_ZONES,
    "rollback_minutes": (*BAD_NUMBERS, "20161"),
    "rollback_plan": ("", " \t\r\n ", "\x00", *TOO_LONG_TEXT),
    "business_text": TOO_LONG_TEXT,
    "rrule": (
        "FREQ=WEEKLY",
        "FREQ=SECONDLY;COUNT=2",
        "FREQ=DAILY;COUNT=0",
        "FREQ=DAILY;COUNT=-1",
        "FREQ=DAILY;COUNT=99999999",
        f"FREQ=DAILY;COUNT={DIGITS}",
        "FREQ=DAILY;INTERVAL=0;COUNT=2",
        "FREQ=DAILY;INTERVAL=999999999999;COUNT=2",
        "FREQ=MONTHLY;BYMONTHDAY=99;COUNT=2",
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30;COUNT=2",
        "FREQ=WEEKLY;BYDAY=XX;COUNT=2",
        "FREQ=WEEKLY;COUNT=2;COUNT=3",
        "FREQ=DAILY;UNTIL=20270231",
        "FREQ=DAILY;UNTIL=99999999",
        "FREQ=DAILY;UNTIL=20200101",
        "DTSTART:20270101\nRRULE:FREQ=DAILY;COUNT=2",
        "(" * 5_000,
        *SAID_ANYWHERE,
    ),
    "exdates": ("31-2-2027", "tomorrow", "1-1-2027;2-1-2027", *SAID_ANYWHERE),
}
"""What can never be right in one field, in a form whose other fields are."""

MISSING_HOUR = {"start_day": "28-3-2027", "start_time": "02:30", "end_day": "28-3-2027", "end_time": "05:00"}
DOUBLE_HOUR = {"start_day": "31-10-2027", "start_time": "02:30", "end_day": "31-10-2027", "end_time": "05:00"}
GOOD_WINDOW: Mapping[str, object] = {
    "type": "normal",
    "impact": "outage",
    "zone": "Europe/Amsterdam",
    "rollback_minutes": "0",
    "rrule": "",
    "exdates": "",
    "start_fold": "",
    "end_fold": "",
    "business_text": "",
    **LAB,
}
TOGETHER: Mapping[str, tuple[Mapping[str, str], str]] = {
    "a start that does not exist": (MISSING_HOUR, "start_day"),
    "an end that does not exist": ({**MISSING_HOUR, "start_time": "01:00", "end_time": "02:30"}, "end_day"),
    "a start that happens twice": (DOUBLE_HOUR, "start_day"),
    "an end that happens twice": ({**DOUBLE_HOUR, "start_time": "01:00", "end_time": "02:30"}, "end_day"),
    "an end before the start in the repeated hour": (
        {**DOUBLE_HOUR, "start_time": "02:50", "end_time": "02:10", "start_fold": "1", "end_fold": "0"},
        "end_day",
    ),
    "an end that is the start": ({"end_time": "13:00"}, "end_day"),
    "an end before the start": ({"end_time": "12:59"}, "end_day"),
    "a start in the past": ({"start_day": "1-1-2026", "end_day": "1-1-2026"}, "start_day"),
    "more than a year": ({"start_day": "1-1-2027", "end_day": "3-1-2028"}, "end_day"),
    "nothing left of a series": ({"rrule": "FREQ=WEEKLY;COUNT=2", "exdates": "20-1-2027, 27-1-2027"}, "rrule"),
}

GOOD_PEAKS: Mapping[str, Mapping[str, object]] = {
    "fixed": {"day": "14", "month": "2"},
    "nth_weekday": {"nth": "2", "weekday": "SU", "month": "5"},
    "weekday_from": {"weekday": "FR", "direction": "on_or_before", "day": "23", "month": "12"},
    "easter": {"offset": "0"},
    "holiday": {"holiday": "NL/ascension", "offset": "0"},
    "working_day": {"nth": "-1", "calendar": "NL"},
    "day_rolled": {"day": "25", "roll": "preceding", "calendar": "NL"},
    "workday_offset": {
        "count": "3",
        "side": "before",
        "calendar": "NL",
        "base-kind": "fixed",
        "base-day": "25",
        "base-month": "12",
    },
    "span": {
        "from-kind": "fixed",
        "from-day": "15",
        "from-month": "4",
        "to-kind": "nth_weekday",
        "to-nth": "1",
        "to-weekday": "SU",
        "to-month": "6",
    },
    "dates": {"dates": "12-2-2027"},
    "weekly": {"weekdays": "MO", "daily_start": "04:00", "daily_end": "11:30"},
    "rrule": {"rrule": "FREQ=MONTHLY;BYDAY=3FR", "start": "1-1-2026"},
}
EVERY_PEAK: Mapping[str, object] = {
    "name": "Busy",
    "severity": "freeze",
    "scope": "all",
    "zone": "Europe/Amsterdam",
    "lead_before": "0",
    "lead_after": "0",
    "lead_calendar": "",
}
BAD_DAYS = ("", "0", "32", "1.5", DIGITS, CONTROLS)
BAD_NTHS = ("0", "99", *BAD_CHOICES)
BAD_OFFSETS = ("367", "-367", "--", "1.5", DIGITS, SCRIPT)
BAD_PEAKS: Mapping[str, Mapping[str, tuple[object, ...]]] = {
    "fixed": {
        "name": ("", "  ", CONTROLS, *TOO_LONG),
        "consequence": TOO_LONG_TEXT,
        "severity": BAD_CHOICES,
        "scope": BAD_CHOICES,
        "zone": BAD_ZONES,
        "lead_before": ("367", *BAD_NUMBERS),
        "lead_after": SOME_BAD_NUMBERS,
        "lead_calendar": tuple(one for one in BAD_CHOICES if one),
        "daily_start": ("", *SOME_BAD_TIMES),
        "daily_end": ("", *SOME_BAD_TIMES),
        "valid_from": SOME_BAD_DATES,
        "valid_until": SOME_BAD_DATES,
        "day": (*BAD_DAYS, "30", "31"),
        "month": ("13", "-1", *BAD_CHOICES),
        "offset": BAD_OFFSETS,
        "feb29": tuple(one for one in BAD_CHOICES if one),
        "except_on": ("31-2-2027", "1-1-2027 to 5-1-2027", "\n".join(["1-1-2027"] * 501)),
        "also_on": ("tomorrow", "1-1-2027 to 5-1-2027"),
    },
    "nth_weekday": {"nth": ("6", "-6", *BAD_NTHS), "weekday": BAD_CHOICES, "month": BAD_CHOICES},
    "weekday_from": {"weekday": BAD_CHOICES, "direction": BAD_CHOICES, "day": (*BAD_DAYS, "last"), "month": BAD_CHOICES},
    "easter": {"offset": ("1e3", *BAD_OFFSETS), "church": tuple(one for one in BAD_CHOICES if one)},
    "holiday": {"holiday": ("NL/nothing", "NL/", "/ascension", "XX/ascension", *BAD_CHOICES)},
    "working_day": {"nth": ("32", *BAD_NTHS), "calendar": BAD_CHOICES, "months": (["1", "13"], *BAD_CHOICES)},
    "day_rolled": {
        "day": BAD_DAYS,
        "roll": BAD_CHOICES,
        "calendar": BAD_CHOICES,
        "months": (["1", "x"],),
    },
    "workday_offset": {
        "count": ("", "0", "-1", "261", "1.5", DIGITS),
        "side": BAD_CHOICES,
        "calendar": BAD_CHOICES,
        "base-kind": ("span", "rrule", "kept", *BAD_CHOICES),
        "base-day": BAD_DAYS,
        "base-month": BAD_CHOICES,
    },
    "span": {
        "from-kind": ("span", "dates", "weekly", *BAD_CHOICES),
        "from-day": (*BAD_DAYS, "31"),
        "from-offset": BAD_OFFSETS,
        "to-kind": ("workday_offset", *BAD_CHOICES),
        "to-nth": ("6", *BAD_NTHS),
        "to-weekday": BAD_CHOICES,
    },
    "rrule": {
        "rrule": (
            "",
            "FREQ=SECONDLY",
            "FREQ=HOURLY;COUNT=3",
            "FREQ=WEEKLY;BYDAY=1MO",
            "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
            "FREQ=DAILY;INTERVAL=0",
            "BYDAY=MO",
            "every Monday",
            "DTSTART:20270101\nRRULE:FREQ=DAILY",
            "(" * 5_000,
        ),
        "start": ("", *SOME_BAD_DATES),
    },
    "dates": {
        "dates": (
            "",
            *SOME_BAD_DATES,
            "1-1-2027 to 31-2-2027",
            "5-1-2027 to 1-1-2027",
            "1-1-2027 to 2-1-2027 to 3-1-2027",
            "1-1-2027\n31-2-2027",
            "\n".join(["1-1-2027"] * 501),
        ),
        "horizon": SOME_BAD_DATES,
    },
    "weekly": {"weekdays": ([], ["MO", "XX"], "mo", *BAD_CHOICES)},
}


@pytest.fixture
def supplier(build: Building, demo_database: Database) -> Visitor:
    """Wolkenveld's planner, who types anything."""
    return typing(build, demo_database, "wolk-planner")


@pytest.fixture
def customer(build: Building, demo_database: Database) -> Visitor:
    """Duinwijk's planner, who types anything."""
    return typing(build, demo_database, "duinwijk-planner")


def typing(build: Building, database: Database, person: str) -> Visitor:
    visitor = Visitor(build(database)).sign_in(person)
    visitor.types_anything = True
    return visitor


def short(value: object) -> str:
    return repr(value)[:60]


def accepted_or_muddled(visitor: Visitor, address: str, values: Mapping[str, object], field: str) -> Iterator[str]:
    """What is wrong with a refusal: it is one, it is told beside its field, and the page repeats nothing as markup."""
    typed = f"{field}={short(values.get(field))}"
    try:
        answer = visitor.post(address, values)
    except AssertionError as failed:
        yield f"{typed}: {str(failed).splitlines()[0]}"
        return
    if not 400 <= answer.status < 500:
        yield f"{typed} was accepted ({answer.status})"
    elif field not in answer.errors:
        yield f"{typed} is told beside {sorted(answer.errors)}: {list(answer.errors.values())}"
    elif not answer.errors[field] or SCRIPT in answer.html:
        yield f"{typed} has no reason, or is repeated as markup"


@pytest.mark.parametrize("field", BAD_WINDOWS)
def test_a_window_that_makes_no_sense_is_refused_beside_its_field(supplier: Visitor, demo_database: Database, field: str) -> None:
    good = {**GOOD_WINDOW, "rrule": "FREQ=WEEKLY;COUNT=3" if field == "exdates" else ""}
    before = rows(demo_database)
    wrong = [
        one for value in BAD_WINDOWS[field] for one in accepted_or_muddled(supplier, "/windows/new", {**good, field: value}, field)
    ]
    assert not wrong, "\n".join(wrong)
    assert rows(demo_database) == before
    assert supplier.post("/windows/new", good).status == 302, "all the rest was right"


@pytest.mark.parametrize("what", TOGETHER)
def test_times_that_make_no_sense_together_are_refused_beside_a_field(
    supplier: Visitor, demo_database: Database, what: str
) -> None:
    values, field = TOGETHER[what]
    before = rows(demo_database)
    wrong = list(accepted_or_muddled(supplier, "/windows/new", {**GOOD_WINDOW, **values}, field))
    assert not wrong, "\n".join(wrong)
    assert supplier.post("/windows/check", {**GOOD_WINDOW, **values}).status == 200, "a preview is not a refusal"
    assert rows(demo_database) == before


@pytest.mark.parametrize("kind", BAD_PEAKS)
def test_a_peak_that_makes_no_sense_is_refused_beside_its_field(customer: Visitor, demo_database: Database, kind: str) -> None:
    good = {**EVERY_PEAK, **GOOD_PEAKS[kind]}
    before = rows(demo_database)
    wrong = []
    for field, values in BAD_PEAKS[kind].items():
        hours = {"daily_start": "04:00", "daily_end": "11:30"} if field.startswith("daily") else {}
        for value in values:
            wrong += accepted_or_muddled(customer, f"/peaks/new/{kind}", {**good, **hours, field: value}, field)
    assert not wrong, "\n".join(wrong)
    assert rows(demo_database) == before
    assert customer.post(f"/peaks/new/{kind}", good).status == 302, "all the rest was right"


def test_a_peak_for_services_that_are_not_used_is_refused(customer: Visitor, demo_database: Database) -> None:
    before = rows(demo_database)
    good = {**EVERY_PEAK, **GOOD_PEAKS["fixed"], "scope": "some"}
    wrong = [
        one
        for value in ("BANK-APP", ["MUN-TAX", "BANK-APP"], "NO-SUCH-THING", [], "", *ANYWHERE)
        for one in accepted_or_muddled(customer, "/peaks/new/fixed", {**good, "services": value}, "services")
    ]
    assert not wrong, "\n".join(wrong)
    assert rows(demo_database) == before


def test_no_database_is_given_letters_it_cannot_hold(build: Building, database: Database) -> None:
    """PostgreSQL holds no NUL."""
    visitor = typing(build, database, "wolk-planner")
    odd = "x\x00y\ud7ff￾🌷"
    for field in GOOD_WINDOW:
        for address in ("/windows/new", "/windows/check"):
            assert visitor.post(address, {**GOOD_WINDOW, field: odd}).status < 500, field
    visitor = typing(build, database, "duinwijk-planner")
    for kind, good in GOOD_PEAKS.items():
        for field in {**good, **(EVERY_PEAK if kind == "fixed" else {})}:
            answer = visitor.post(f"/peaks/new/{kind}", {**EVERY_PEAK, **good, field: odd})
            assert answer.status < 500, (kind, field)


def test_words_are_kept_as_they_were_typed_and_shown_as_words(
    supplier: Visitor, demo_database: Database, story_now: Instant
) -> None:
    for words in (
        SCRIPT,
        SQL,
        '"><img src=x onerror=alert(1)>',
        "{{ 7*7 }} {% raw %}",
        "&lt;b&gt; &amp;",
        "Zoë’s “🌷”",
        "%00 %0d%0a",
    ):
        answer = supplier.post("/windows/new", {**GOOD_WINDOW, "title": words, "rollback_plan": words, "business_text": words})
        assert answer.status == 302, words
        page = supplier.follow(answer)
        assert page.main.one("h1").text == words
        assert [one.text for one in page.main.all("dd", class_="text")] == [words, words]
        with demo_database.reading(SYSTEM, story_now) as work:
            kept = windows.load(work, answer.location.removeprefix("/windows/"))
        assert (kept.title.en, kept.rollback_plan, kept.business_text) == (words, words, words)
        assert words in supplier.get("/windows").main.text


def test_no_control_characters_are_kept(supplier: Visitor, customer: Visitor, demo_database: Database, story_now: Instant) -> None:
    typed = "a\x00b\x07c\x1bd\r\ne\x0bf"
    answer = supplier.post("/windows/new", {**GOOD_WINDOW, "title": typed, "rollback_plan": typed, "business_text": typed})
    assert answer.status in {302, 422}
    if answer.status == 302:
        with demo_database.reading(SYSTEM, story_now) as work:
            kept = windows.load(work, answer.location.removeprefix("/windows/"))
        for words in (kept.title.en, kept.rollback_plan, kept.business_text):
            assert all(one >= " " or one == "\n" for one in words)
    made = customer.post("/peaks/new/fixed", {**EVERY_PEAK, **GOOD_PEAKS["fixed"], "name": typed, "consequence": typed})
    assert made.status in {302, 422}
    if made.status == 302:
        with demo_database.reading(SYSTEM, story_now) as work:
            one = peaks.load(work, made.location.removeprefix("/peaks/"))
        assert all(letter >= " " or letter == "\n" for letter in one.name.en + one.consequence)


QUERIES = (
    "/windows?text={}",
    "/windows?state={}",
    "/windows?supplier={}",
    "/windows?service={}",
    "/windows?customer={}",
    "/windows?all={}",
    "/windows?from={}",
    "/windows?to={}",
    "/timeline?from={}",
    "/timeline?weeks={}",
    "/peaks?customer={}",
    "/sign-in?going={}",
    "/windows/{}",
    "/windows/{}/change",
    "/peaks/{}",
    "/feeds/{}.ics",
    "/static/{}",
    "/conflicts/{}",
    "/waivers/{}",
    "/windows/W-27-003/checks/{}",
    "/trail?party={}",
    "/trail?before={}",
    "/promises?days={}",
    "/reports?from={}",
    "/reports/{}.csv",
    "/waivers/answer/{}",
)
IN_ADDRESSES = (SCRIPT, SQL, CONTROLS, LONG[:5_000], "\ud7ff￾🌷", DIGITS, "9" * 19, "../../etc/passwd", "\r\nX: y")


def test_nothing_in_an_address_makes_a_page_fail(build: Building, database: Database) -> None:
    visitor, manager = (typing(build, database, person) for person in ("wolk-planner", "krp-cm-1"))
    is_sqlite = database.engine.dialect.name == "sqlite"
    for address in QUERIES:
        for value in IN_ADDRESSES if is_sqlite else IN_ADDRESSES[2:7]:
            answer = (manager if "customer" in address else visitor).get(address.format(quote(value, safe="")))
            assert answer.status < 500
            assert SCRIPT not in answer.html
            assert "X" not in answer.headers


POSTED: tuple[tuple[str, Mapping[str, object]], ...] = (
    ("/calendar-feeds", {"kind": "{}", "label": "x"}),
    ("/calendar-feeds", {"kind": "supplier_windows", "label": "{}"}),
    ("/language", {"language": "{}", "going": "/"}),
    ("/language", {"language": "en", "going": "{}"}),
    ("/sign-in/demo", {"person": "{}"}),
    ("/sign-in/demo", {"person": "wolk-planner", "going": "{}"}),
    ("/sign-in", {"name": "{}", "password": "x", "going": "/"}),
    ("/sign-in", {"name": "x", "password": "{}", "going": "{}"}),
    ("/windows/check?window={}", dict(LAB)),
    ("/windows/W-27-003/cancel", {"reason": "x", "version": "{}"}),
    ("/windows/W-27-003/{}", {"reason": "x", "version": "1"}),
    ("/windows/W-27-003/change", {**LAB, "version": "{}"}),
    ("/calendar-feeds/{}/revoke", {}),
    ("/promises/{}/take-back", {"reason": "x"}),
    ("/windows/W-27-003/tell", {"to": "KRP", "kind": "no_news", "within": "{}"}),
    ("/windows/W-27-003/seen", {"version": "{}"}),
    ("/windows/W-27-003/run/start", {"experts": "{}", "going_back": "{}", "version": "1"}),
    ("/messages", {"address": "{}", "mail": "{}"}),
    ("/messages/webhooks", {"address": "{}", "label": "x"}),
)


@pytest.mark.parametrize(("address", "values"), POSTED)
def test_nothing_in_a_small_form_makes_it_fail(
    build: Building, database: Database, address: str, values: Mapping[str, str]
) -> None:
    visitor = typing(build, database, "wolk-planner")
    for value in (SCRIPT, f"x{CONTROLS}\ud7ff￾🌷", LONG, "99999999999999999999", ""):
        filled = {name: value if one == "{}" else one for name, one in values.items()}
        answer = visitor.post(address.format(quote(value[:2_000], safe="")), filled)
        assert answer.status < 500, (address, short(value))
        assert SCRIPT not in answer.html


def test_a_form_in_another_shape_is_refused(supplier: Visitor) -> None:
    token = supplier.token
    shapes: tuple[tuple[bytes, str], ...] = (
        (b'{"title": "x"}', "application/json"),
        (b"<x/>", "text/xml"),
        (b"csrf_token=%ff%fe&title=%ed%a0%80", "application/x-www-form-urlencoded"),
        (b"--x\r\nbroken", "multipart/form-data; boundary=x"),
        (b"--x\r\nbroken", "multipart/form-data"),
        (b"", "application/x-www-form-urlencoded"),
        (b"&".join([b"a=1"] * 5_000), "application/x-www-form-urlencoded"),
    )
    for body, kind in shapes:
        answer = supplier.client.post("/windows/new", data=body, content_type=kind)
        assert 400 <= answer.status_code < 500, kind
    odd = f"csrf_token={token}&title=%ff%fe%ed%a0%80&services=%ff&start_day=%c0%af".encode()
    answer = supplier.client.post("/windows/new", data=odd, content_type="application/x-www-form-urlencoded")
    assert answer.status_code == 422


def test_a_field_that_is_sent_twice_or_as_a_file_is_no_trouble(supplier: Visitor) -> None:
    twice = supplier.post("/windows/new", {**LAB, "type": ["normal", "emergency"], "title": ["One", "Two"], "zone": ["UTC", "x"]})
    assert twice.status in {302, 422}
    file = supplier.post("/windows/new", {**LAB, "title": (BytesIO(b"x"), "x.txt"), "services": (BytesIO(b"x"), "x.txt")})
    assert file.status == 422


# --- anything at all

ODD = st.one_of(
    st.sampled_from(
        [*ANYWHERE[:4], DIGITS, "", "0", "-1", "31-2-2027", "28-3-2027", "02:30", "Europe/Amsterdam", "all", "some", "NL"]
    ),
    st.text(max_size=30),
    st.from_regex(r"\A[0-9]{1,2}[-/. ][0-9]{1,2}[-/. ][0-9]{1,5}\Z"),
    st.from_regex(
        r"\AFREQ=(DAILY|WEEKLY|MONTHLY|YEARLY);(COUNT|UNTIL|INTERVAL)=[0-9]{1,8}(;BY(DAY|MONTH|MONTHDAY)=[A-Z0-9,-]{1,6})?\Z"
    ),
)
FAST = settings(
    max_examples=30,
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)


def odd_forms(good: Mapping[str, object]) -> st.SearchStrategy[dict[str, object]]:
    """A form that is right but for some of its fields."""
    return st.dictionaries(st.sampled_from(sorted(good)), ODD, min_size=1, max_size=4).map(lambda odd: {**good, **odd})


@FAST
@given(odd_forms({**GOOD_WINDOW, "version": "1"}))
def test_no_window_form_makes_a_page_fail(supplier: Visitor, values: dict[str, object]) -> None:
    for address in ("/windows/new", "/windows/check", "/windows/W-27-003/change"):
        assert supplier.post(address, values).status < 500


@FAST
@given(st.sampled_from(sorted(GOOD_PEAKS)), st.data())
def test_no_peak_form_makes_a_page_fail(customer: Visitor, kind: str, data: st.DataObject) -> None:
    more = {"valid_from": "", "valid_until": "", "version": "1", **({"horizon": ""} if kind == "dates" else {})}
    values = data.draw(odd_forms({**EVERY_PEAK, **GOOD_PEAKS[kind], **more}))
    for address in (f"/peaks/new/{kind}", f"/peaks/dates/{kind}"):
        assert customer.post(address, values).status < 500
