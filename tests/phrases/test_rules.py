"""How rules and peaks are read back, sentence by sentence in both languages, and that no sentence is half translated."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import get_args

import pytest
from babel.messages.pofile import read_po

from app.adapters.peak_templates import peak_templates
from app.domain.anchors import (
    Anchor,
    AnchorRule,
    Church,
    Dates,
    DayRolled,
    Direction,
    Easter,
    Entries,
    Feb29,
    Fixed,
    FromTo,
    Holiday,
    IfSameAs,
    IfWeekday,
    NthWeekday,
    Recurrence,
    Roll,
    Weekday,
    WeekdayFrom,
    WorkdayOffset,
    WorkingDay,
    YearlyRule,
)
from app.domain.foreign_entries import ForeignEntry
from app.domain.national_calendars import NATIONAL_CALENDARS
from app.domain.occurrences import occurrences
from app.domain.peaks import DailyHours, Lead, Peak, Severity
from app.phrases import calendars as words
from app.phrases import rules
from app.phrases.language import DUTCH, ENGLISH, Language
from app.phrases.rules import say_peak, say_rule
from app.phrases.surprises import say_surprises

SU, MO, FR, SA = Weekday.SU, Weekday.MO, Weekday.FR, Weekday.SA
START = date(2026, 1, 6)
WEEKENDS = Recurrence(START, "FREQ=WEEKLY;BYDAY=SA,SU")
SUNDAYS = Recurrence(START, "FREQ=WEEKLY;BYDAY=SU")
EXAMS = Dates(tuple(Anchor(date(year, 5, 8), date(year, 5, 20)) for year in range(2026, 2031)))
PHRASES = Path(rules.__file__).parent
SENTENCES = (
    "calendars",
    "days_not_counted",
    "month_days",
    "recurrences",
    "rule_names",
    "rules",
    "sentences",
    "surprises",
    "working_days",
    "yearly_dates",
)
"""The modules whose Dutch texts are in the catalogues `rules` and `calendars`."""


class OnlyKnown(dict[str | tuple[str, ...], str | tuple[str, ...]]):
    """Texts that refuse to fall back to English."""

    def get(self, key, default=None):
        if key not in self:
            raise KeyError(f"no Dutch text for {default!r}: add it to app/phrases/nl/")
        return self[key]


STRICT_DUTCH = Language("nl", DUTCH.locale, OnlyKnown(DUTCH.texts))


def peak(rule: AnchorRule, **others: object) -> Peak:
    given = {"id": "P", "customer": "ZONNEKROON", "severity": Severity.FREEZE, "zone": "Europe/Amsterdam", "rule": rule}
    return Peak(**(given | others))


def recurring(rrule: str) -> Recurrence:
    return Recurrence(START, rrule)


RULES: list[tuple[AnchorRule, str, str]] = [
    # one date a year
    (Fixed(2, 14), "14 February", "14 februari"),
    (Fixed(2, 29), "29 February (leap years only)", "29 februari (alleen in schrikkeljaren)"),
    (
        Fixed(2, 29, Feb29.FEB28),
        "29 February (28 February in other years)",
        "29 februari (in andere jaren 28 februari)",
    ),
    (
        Fixed(2, 29, Feb29.MAR01, adjust=(IfWeekday(SU, 1),)),
        "29 February (1 March in other years; one day later when that is a Sunday)",
        "29 februari (in andere jaren 1 maart; één dag later als dat een zondag is)",
    ),
    (Fixed(4, 27, offset_days=2), "Two days after 27 April", "Twee dagen na 27 april"),
    (Fixed(4, 27, offset_days=-13), "13 days before 27 April", "13 dagen vóór 27 april"),
    (
        Fixed(4, 27, adjust=(IfWeekday(SU, -1),)),
        "27 April (26 April when that is a Sunday)",
        "27 april (26 april als dat een zondag is)",
    ),
    (
        Fixed(7, 4, adjust=(IfWeekday(SA, -1), IfWeekday(SU, 1))),
        "4 July (3 July when that is a Saturday; 5 July when that is a Sunday)",
        "4 juli (3 juli als dat een zaterdag is; 5 juli als dat een zondag is)",
    ),
    (
        Fixed(2, 28, adjust=(IfWeekday(SU, 1), IfWeekday(MO, 0))),
        "28 February (one day later when that is a Sunday; unchanged when that is a Monday)",
        "28 februari (één dag later als dat een zondag is; ongewijzigd als dat een maandag is)",
    ),
    (
        Fixed(5, 5, adjust=(IfSameAs(Easter(offset_days=39), 1), IfWeekday(SU, 1))),
        "5 May (6 May when that is Ascension Day; otherwise 6 May when that is a Sunday)",
        "5 mei (6 mei als dat Hemelvaartsdag is; anders 6 mei als dat een zondag is)",
    ),
    (
        Fixed(5, 5, adjust=(IfSameAs(WEEKENDS, 2),)),
        "5 May (7 May when that is a Saturday or Sunday)",
        "5 mei (7 mei als dat een zaterdag of zondag is)",
    ),
    (NthWeekday(5, SU, 2), "Second Sunday of May", "Tweede zondag van mei"),
    (NthWeekday(3, FR, -1), "Last Friday of March", "Laatste vrijdag van maart"),
    (NthWeekday(3, FR, -2), "Second-to-last Friday of March", "Op één na laatste vrijdag van maart"),
    (NthWeekday(3, FR, 5), "Fifth Friday of March (when there is one)", "Vijfde vrijdag van maart (als die er is)"),
    (
        NthWeekday(11, Weekday.TH, 4, offset_days=1),
        "The day after the fourth Thursday of November",
        "De dag na de vierde donderdag van november",
    ),
    (
        NthWeekday(11, Weekday.TH, 4, offset_days=4),
        "Monday after the fourth Thursday of November",
        "Maandag na de vierde donderdag van november",
    ),
    (
        NthWeekday(3, FR, 1, offset_days=10),
        "Ten days after the first Friday of March (a Monday)",
        "Tien dagen na de eerste vrijdag van maart (een maandag)",
    ),
    (
        NthWeekday(5, SU, -1, adjust=(IfSameAs(Easter(offset_days=49), 7),)),
        "Last Sunday of May (seven days later when that is Whit Sunday)",
        "Laatste zondag van mei (zeven dagen later als dat eerste pinksterdag is)",
    ),
    (
        WeekdayFrom(9, 16, SA, Direction.ON_OR_AFTER),
        "First Saturday on or after 16 September",
        "Eerste zaterdag op of na 16 september",
    ),
    (WeekdayFrom(11, 11, SA, Direction.AFTER), "First Saturday after 11 November", "Eerste zaterdag na 11 november"),
    (
        WeekdayFrom(12, 23, FR, Direction.ON_OR_BEFORE),
        "Last Friday on or before 23 December",
        "Laatste vrijdag op of vóór 23 december",
    ),
    (WeekdayFrom(12, 5, MO, Direction.BEFORE), "Last Monday before 5 December", "Laatste maandag vóór 5 december"),
    (
        WeekdayFrom(2, 29, MO, Direction.AFTER, offset_days=1),
        "The day after the first Monday after 29 February (28 February in other years)",
        "De dag na de eerste maandag na 29 februari (in andere jaren 28 februari)",
    ),
    # Easter
    (Easter(), "Easter Sunday", "Eerste paasdag"),
    (Easter(offset_days=-21), "21 days before Easter", "21 dagen vóór Pasen"),
    (Easter(offset_days=-2), "Good Friday", "Goede Vrijdag"),
    (Easter(offset_days=1), "Easter Monday", "Tweede paasdag"),
    (Easter(offset_days=38), "The day before Ascension Day", "De dag vóór Hemelvaartsdag"),
    (Easter(offset_days=47), "Friday before Whit Sunday", "Vrijdag vóór eerste pinksterdag"),
    (Easter(offset_days=60), "60 days after Easter Sunday (a Thursday)", "60 dagen na eerste paasdag (een donderdag)"),
    (Easter(Church.ORTHODOX), "Orthodox Easter Sunday", "Orthodox Pasen"),
    (Easter(Church.ORTHODOX, offset_days=-2), "Friday before Orthodox Easter Sunday", "Vrijdag vóór orthodox Pasen"),
    # holidays
    (Holiday("NL", "ascension"), "Ascension Day (Dutch calendar, NL)", "Hemelvaartsdag (Nederlandse kalender, NL)"),
    (
        Holiday("NL", "ascension_day", offset_days=2),
        "Two days after Ascension Day (Dutch calendar, NL)",
        "Twee dagen na Hemelvaartsdag (Nederlandse kalender, NL)",
    ),
    (
        Holiday("GB-ENG", "boxing_day"),
        "Boxing Day (day off in the calendar of England and Wales, GB-ENG)",
        "Tweede kerstdag (vrije dag in de kalender van Engeland en Wales, GB-ENG)",
    ),
    (
        Holiday("GB-ENG", "spring", offset_days=-1),
        "The day before the Spring bank holiday (calendar of England and Wales, GB-ENG)",
        "De dag vóór de Britse vrije dag eind mei (kalender van Engeland en Wales, GB-ENG)",
    ),
    (Holiday("ZK", "opening_day"), "Opening day (ZK)", "Opening day (ZK)"),
    # working days
    (
        WorkingDay("TARGET", -1),
        "Last working day of every month (TARGET)",
        "Laatste werkdag van elke maand (TARGET)",
    ),
    (
        WorkingDay("NL", -2, (1, 4, 7, 10)),
        "Second-to-last Dutch working day of January, April, July and October (NL)",
        "Op één na laatste Nederlandse werkdag van januari, april, juli en oktober (NL)",
    ),
    (
        WorkingDay("DE", 3, (1, 2, 3, 4)),
        "Third German working day of January to April (DE)",
        "Derde Duitse werkdag van januari t/m april (DE)",
    ),
    (
        WorkingDay("ZK", 22),
        "22nd working day of every month (ZK; when there is one)",
        "22e werkdag van elke maand (ZK; als die er is)",
    ),
    (
        WorkingDay("NL", 1, ()),
        "First Dutch working day of no month at all (NL)",
        "Eerste Nederlandse werkdag van geen enkele maand (NL)",
    ),
    (
        DayRolled("NL", None, Roll.NONE, (1, 4)),
        "Last day of January and April (also when that is no working day)",
        "Laatste dag van januari en april (ook als dat geen werkdag is)",
    ),
    (
        DayRolled("NL", 25, Roll.PRECEDING),
        "25th of every month (or the last Dutch working day before it, NL)",
        "25e van elke maand (of de laatste Nederlandse werkdag ervoor, NL)",
    ),
    (
        DayRolled("US-FED", 5, Roll.FOLLOWING, (5,)),
        "5 May (or the first US federal working day after it, US-FED)",
        "5 mei (of de eerste Amerikaanse federale werkdag erna, US-FED)",
    ),
    (
        DayRolled("TARGET", 1, Roll.MODIFIED_FOLLOWING),
        "First day of every month (or the first working day after it, TARGET; "
        "the last one before it when that would be in the next month)",
        "Eerste dag van elke maand (of de eerste werkdag erna, TARGET; valt die in de volgende maand, dan de laatste ervoor)",
    ),
    (
        DayRolled("BE", 31, Roll.MODIFIED_PRECEDING),
        "31st of every month (or the last day of a shorter month; or the last Belgian working day before it, BE; "
        "the first one after it when that would be in the previous month)",
        "31e van elke maand (of de laatste dag van een kortere maand; of de laatste Belgische werkdag ervoor, BE; "
        "valt die in de vorige maand, dan de eerste erna)",
    ),
    (
        DayRolled("FR", 29, Roll.FOLLOWING, (2,)),
        "29 February (28 February in other years; or the first French working day after it, FR)",
        "29 februari (in andere jaren 28 februari; of de eerste Franse werkdag erna, FR)",
    ),
    (
        DayRolled("NL", 31, Roll.PRECEDING, (2,)),
        "Last day of February (or the last Dutch working day before it, NL)",
        "Laatste dag van februari (of de laatste Nederlandse werkdag ervoor, NL)",
    ),
    (
        WorkdayOffset(Fixed(12, 25), "NL", -3),
        "Third Dutch working day before 25 December (NL)",
        "Derde Nederlandse werkdag vóór 25 december (NL)",
    ),
    (
        WorkdayOffset(Easter(offset_days=1), "TARGET", 1),
        "First working day after Easter Monday (TARGET)",
        "Eerste werkdag na tweede paasdag (TARGET)",
    ),
    (
        WorkdayOffset(WorkingDay("NL", -1), "TARGET", -1),
        "Last working day (TARGET) before the last Dutch working day of every month (NL)",
        "Laatste werkdag (TARGET) vóór de laatste Nederlandse werkdag van elke maand (NL)",
    ),
    (
        WorkdayOffset(SUNDAYS, "GB-ENG", 1),
        "First English working day after every Sunday (GB-ENG)",
        "Eerste Engelse werkdag na elke zondag (GB-ENG)",
    ),
    (
        WorkdayOffset(FromTo(Fixed(12, 15), Fixed(12, 23)), "NL", -2),
        "Second Dutch working day before 15 December (NL)",
        "Tweede Nederlandse werkdag vóór 15 december (NL)",
    ),
    (
        WorkdayOffset(EXAMS, "NL", -2),
        "Second Dutch working day (NL) before each of five dates (the first Fri 8 May 2026, the last Wed 8 May 2030)",
        "Tweede Nederlandse werkdag (NL) vóór elk van de vijf datums (de eerste vr 8 mei 2026, de laatste wo 8 mei 2030)",
    ),
    # dates
    (Dates((Anchor(date(2027, 10, 11)),)), "Mon 11 Oct 2027", "Ma 11 okt 2027"),
    # entries of a calendar
    (
        Entries("Europe/Amsterdam", (ForeignEntry(1802288700, 1802295900),), 120),
        "One entry of a calendar, Wed 10 Feb 2027, each from 2 hours before",
        "Eén vermelding uit een agenda, wo 10 feb 2027, elk vanaf 2 uur ervoor",
    ),
    (
        Entries("Europe/Amsterdam", (ForeignEntry(1802288700, 1802295900), ForeignEntry(1802893500, 1802900700)), 90, 180),
        "Two entries of a calendar, the first Wed 10 Feb 2027, the last Wed 17 Feb 2027, "
        "each from 1 hour 30 minutes before to 3 hours after",
        "Twee vermeldingen uit een agenda, de eerste wo 10 feb 2027, de laatste wo 17 feb 2027, "
        "elk van 1 uur 30 minuten ervoor tot 3 uur erna",
    ),
    (
        Dates((Anchor(date(2026, 2, 6), date(2026, 2, 22)), Anchor(date(2028, 7, 14)))),
        "Fri 6 Feb to Sun 22 Feb 2026 and Fri 14 Jul 2028",
        "Vr 6 feb t/m zo 22 feb 2026 en vr 14 jul 2028",
    ),
    (
        EXAMS,
        "Five periods, the first Fri 8 May to Wed 20 May 2026, the last Wed 8 May to Mon 20 May 2030",
        "Vijf perioden, de eerste vr 8 mei t/m wo 20 mei 2026, de laatste wo 8 mei t/m ma 20 mei 2030",
    ),
    (
        Dates((*EXAMS.dates, Anchor(date(2031, 5, 9)))),
        "Six dates and periods, the first Fri 8 May to Wed 20 May 2026, the last Fri 9 May 2031",
        "Zes datums en perioden, de eerste vr 8 mei t/m wo 20 mei 2026, de laatste vr 9 mei 2031",
    ),
    # periods
    (FromTo(Fixed(12, 15), Fixed(12, 23)), "15 to 23 December", "15 t/m 23 december"),
    (FromTo(Fixed(12, 20), Fixed(1, 5)), "20 December to 5 January", "20 december t/m 5 januari"),
    (FromTo(Fixed(5, 5), Fixed(5, 5)), "5 May", "5 mei"),
    (
        FromTo(NthWeekday(11, Weekday.TH, 4, offset_days=1), Fixed(1, 6)),
        "From the day after the fourth Thursday of November to 6 January",
        "Van de dag na de vierde donderdag van november t/m 6 januari",
    ),
    (
        FromTo(Easter(offset_days=-49), Easter(offset_days=-47)),
        "From Carnival Sunday to Shrove Tuesday",
        "Van carnavalszondag t/m carnavalsdinsdag",
    ),
    (
        FromTo(DayRolled("NL", 25, Roll.NONE), WorkingDay("NL", 2)),
        "From the 25th of every month (also when that is no working day) to the next second Dutch working day of the month (NL)",
        "Van de 25e van elke maand (ook als dat geen werkdag is) t/m de eerstvolgende tweede Nederlandse werkdag van de maand (NL)",
    ),
    (FromTo(Fixed(8, 15), SUNDAYS), "From 15 August to the next Sunday", "Van 15 augustus t/m de eerstvolgende zondag"),
    (
        FromTo(Fixed(12, 23), FromTo(Fixed(1, 2), Fixed(1, 5))),
        "From 23 December to the end of the period 2 to 5 January",
        "Van 23 december t/m het einde van de periode 2 t/m 5 januari",
    ),
    (
        FromTo(Fixed(4, 1), EXAMS),
        "From 1 April to the next of five dates (the first Wed 20 May 2026, the last Mon 20 May 2030)",
        "Van 1 april t/m de eerstvolgende van de vijf datums (de eerste wo 20 mei 2026, de laatste ma 20 mei 2030)",
    ),
    (
        Fixed(5, 8, adjust=(IfSameAs(EXAMS, -1),)),
        "8 May (7 May when that is one of five dates (the first Fri 8 May 2026, the last Wed 8 May 2030))",
        "8 mei (7 mei als dat een van de vijf datums (de eerste vr 8 mei 2026, de laatste wo 8 mei 2030) is)",
    ),
]

RECURRENCES = [
    ("FREQ=DAILY", "Every day", "Elke dag"),
    ("FREQ=DAILY;BYMONTH=12", "Every day in December", "Elke dag in december"),
    (
        "FREQ=DAILY;INTERVAL=3;BYDAY=MO,FR;BYMONTHDAY=1,15;BYMONTH=6,7",
        "Every third day (only on Monday and Friday; only on the first and the 15th; only in June and July; "
        "counted from Tue 6 Jan 2026)",
        "Elke derde dag (alleen op maandag en vrijdag; alleen op de eerste en de 15e; alleen in juni en juli; "
        "gerekend vanaf di 6 jan 2026)",
    ),
    ("FREQ=DAILY;BYDAY=FR;BYMONTHDAY=13", "Every Friday that falls on the 13th", "Elke vrijdag die op de 13e valt"),
    (
        "FREQ=DAILY;BYDAY=FR,SA;BYMONTHDAY=13,-1",
        "Every Friday or Saturday that falls on the 13th or the last day of the month",
        "Elke vrijdag of zaterdag die op de 13e of de laatste dag van de maand valt",
    ),
    ("FREQ=DAILY;BYSETPOS=1", "Every day", "Elke dag"),
    ("FREQ=DAILY;BYSETPOS=2", "No day at all", "Geen enkele dag"),
    ("FREQ=WEEKLY", "Every Tuesday", "Elke dinsdag"),
    ("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "Every weekday (Mon–Fri)", "Elke doordeweekse dag (ma–vr)"),
    ("FREQ=WEEKLY;BYDAY=MO,WE,FR", "Every Monday, Wednesday and Friday", "Elke maandag, woensdag en vrijdag"),
    ("FREQ=WEEKLY;BYDAY=TH,MO,TU,WE", "Every Monday to Thursday", "Elke maandag t/m donderdag"),
    (
        "FREQ=WEEKLY;BYDAY=SA,SU;UNTIL=20271231",
        "Every Saturday and Sunday (up to 31 December 2027)",
        "Elke zaterdag en zondag (t/m 31 december 2027)",
    ),
    (
        "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH;WKST=SU",
        "Monday and Thursday once every two weeks (counted from the week of Tue 6 Jan 2026, weeks start on Sunday)",
        "Maandag en donderdag eens in de twee weken (gerekend vanaf de week van di 6 jan 2026, weken beginnen op zondag)",
    ),
    (
        "FREQ=WEEKLY;BYDAY=SU;COUNT=10",
        "Every Sunday (counted from Tue 6 Jan 2026, ten times)",
        "Elke zondag (gerekend vanaf di 6 jan 2026, tien keer)",
    ),
    (
        "FREQ=WEEKLY;BYDAY=SU;COUNT=1",
        "Every Sunday (counted from Tue 6 Jan 2026, once only)",
        "Elke zondag (gerekend vanaf di 6 jan 2026, één keer)",
    ),
    ("FREQ=WEEKLY;BYDAY=TU,TH;BYSETPOS=1", "First Tuesday or Thursday of every week", "Eerste dinsdag of donderdag van elke week"),
    (
        "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,TH;BYSETPOS=-1",
        "Last Tuesday or Thursday of every second week (counted from the week of Tue 6 Jan 2026)",
        "Laatste dinsdag of donderdag van elke tweede week (gerekend vanaf de week van di 6 jan 2026)",
    ),
    ("FREQ=MONTHLY", "Sixth of every month", "Zesde van elke maand"),
    (
        "FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=15",
        "15th of every third month (counted from January 2026)",
        "15e van elke derde maand (gerekend vanaf januari 2026)",
    ),
    ("FREQ=MONTHLY;BYMONTHDAY=15,1", "First and 15th of every month", "Eerste en 15e van elke maand"),
    (
        "FREQ=MONTHLY;BYMONTHDAY=-1,-2,31",
        "31st, second-to-last day and last day of every month (when there is one)",
        "31e, op één na laatste dag en laatste dag van elke maand (als die er is)",
    ),
    (
        "FREQ=MONTHLY;INTERVAL=2;BYMONTH=1,3;BYMONTHDAY=1",
        "First day of January and March (once every two months, counted from January 2026)",
        "Eerste dag van januari en maart (eens in de twee maanden, gerekend vanaf januari 2026)",
    ),
    ("FREQ=MONTHLY;BYDAY=1MO,3MO", "First and third Monday of every month", "Eerste en derde maandag van elke maand"),
    (
        "FREQ=MONTHLY;BYDAY=1MO,-1FR",
        "First Monday and last Friday of every month",
        "Eerste maandag en laatste vrijdag van elke maand",
    ),
    (
        "FREQ=MONTHLY;BYMONTH=3,6,9,12;BYDAY=3FR",
        "Third Friday of March, June, September and December",
        "Derde vrijdag van maart, juni, september en december",
    ),
    (
        "FREQ=MONTHLY;BYDAY=5SA",
        "Fifth Saturday of every month (when there is one)",
        "Vijfde zaterdag van elke maand (als die er is)",
    ),
    (
        "FREQ=MONTHLY;INTERVAL=2;BYDAY=MO",
        "Every Monday in every second month (counted from January 2026)",
        "Elke maandag in elke tweede maand (gerekend vanaf januari 2026)",
    ),
    (
        "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
        "Last weekday (Mon–Fri) of every month",
        "Laatste doordeweekse dag (ma–vr) van elke maand",
    ),
    (
        "FREQ=MONTHLY;BYMONTHDAY=13,14,15;BYSETPOS=1",
        "First of the 13th, 14th and 15th of every month",
        "Eerste van de 13e, 14e en 15e van elke maand",
    ),
    ("FREQ=YEARLY", "6 January", "6 januari"),
    ("FREQ=YEARLY;BYMONTH=3,9", "Sixth of March and September", "Zesde van maart en september"),
    ("FREQ=YEARLY;BYMONTH=7;BYMONTHDAY=4,14", "4 July and 14 July", "4 juli en 14 juli"),
    ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", "29 February (leap years only)", "29 februari (alleen in schrikkeljaren)"),
    (
        "FREQ=YEARLY;INTERVAL=4;BYMONTH=3;BYDAY=3WE",
        "Third Wednesday of March (once every four years, counted from 2026)",
        "Derde woensdag van maart (eens in de vier jaar, gerekend vanaf 2026)",
    ),
    (
        "FREQ=YEARLY;BYMONTH=11;BYDAY=TU;BYMONTHDAY=2,3,4,5,6,7,8",
        "Every Tuesday in November that falls on the second to the eighth",
        "Elke dinsdag in november die op de tweede t/m de achtste valt",
    ),
    ("FREQ=YEARLY;BYDAY=20MO", "20th Monday of the year", "20e maandag van het jaar"),
    (
        "FREQ=YEARLY;BYMONTH=3,6;BYDAY=MO;BYSETPOS=1",
        "First Monday of March and June together",
        "Eerste maandag van maart en juni samen",
    ),
    (
        "FREQ=YEARLY;BYMONTHDAY=13;BYSETPOS=-1",
        "Last of the 13th of every month (counted within the year)",
        "Laatste van de 13e van elke maand (geteld binnen het jaar)",
    ),
]

PEAKS = [
    (
        peak(NthWeekday(5, SU, 2), lead=Lead(9)),
        "Second Sunday of May, from nine days before",
        "Tweede zondag van mei, vanaf negen dagen ervoor",
    ),
    (peak(Fixed(3, 1), lead=Lead(0, 2)), "1 March, until two days after", "1 maart, t/m twee dagen erna"),
    (
        peak(Fixed(4, 27, adjust=(IfWeekday(SU, -1),)), lead=Lead(1), daily=DailyHours(18 * 60, 6 * 60)),
        "27 April (26 April when that is a Sunday), from the day before, each day 18:00–06:00 the next day",
        "27 april (26 april als dat een zondag is), vanaf de dag ervoor, elke dag 18:00–06:00 de volgende dag",
    ),
    (
        peak(NthWeekday(12, SA, 2, offset_days=1), lead=Lead(2, 2)),
        "The day after the second Saturday of December, from two days before that to two days after",
        "De dag na de tweede zaterdag van december, van twee dagen daarvoor t/m twee dagen daarna",
    ),
    (
        peak(WorkingDay("TARGET", -1), lead=Lead(1, 1, "TARGET")),
        "Last working day of every month (TARGET), from one working day before to one working day after",
        "Laatste werkdag van elke maand (TARGET), van één werkdag ervoor t/m één werkdag erna",
    ),
    (
        peak(DayRolled("NL", 25, Roll.PRECEDING), lead=Lead(3, 0, "NL")),
        "25th of every month (or the last Dutch working day before it, NL), from three working days before that",
        "25e van elke maand (of de laatste Nederlandse werkdag ervoor, NL), vanaf drie werkdagen daarvoor",
    ),
    (
        peak(DayRolled("NL", None, Roll.NONE), lead=Lead(0, 13, "NL")),
        "Last day of every month (also when that is no working day), until 13 Dutch working days (NL) after",
        "Laatste dag van elke maand (ook als dat geen werkdag is), t/m 13 Nederlandse werkdagen (NL) erna",
    ),
    (
        peak(Fixed(5, 1), lead=Lead(2, 1, "NL")),
        "1 May, from two Dutch working days (NL) before to one Dutch working day (NL) after",
        "1 mei, van twee Nederlandse werkdagen (NL) ervoor t/m één Nederlandse werkdag (NL) erna",
    ),
    (
        peak(Easter(offset_days=-21), lead=Lead(0, 1)),
        "21 days before Easter, until the day after that",
        "21 dagen vóór Pasen, t/m de dag daarna",
    ),
    (
        peak(recurring("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"), daily=DailyHours(4 * 60, 11 * 60 + 30)),
        "Every weekday (Mon–Fri), 04:00–11:30",
        "Elke doordeweekse dag (ma–vr), 04:00–11:30",
    ),
    (
        peak(Fixed(12, 31), daily=DailyHours(20 * 60, 3 * 60)),
        "31 December, 20:00–03:00 the next day",
        "31 december, 20:00–03:00 de volgende dag",
    ),
    (
        peak(FromTo(Fixed(12, 6), Fixed(12, 26)), daily=DailyHours(18 * 60, 24 * 60)),
        "6 to 26 December, each day 18:00–24:00",
        "6 t/m 26 december, elke dag 18:00–24:00",
    ),
    (
        peak(NthWeekday(2, SU, 2), zone="America/New_York", daily=DailyHours(18 * 60, 23 * 60 + 30)),
        "Second Sunday of February, 18:00–23:30, New York time",
        "Tweede zondag van februari, 18:00–23:30, tijd in New York",
    ),
    (peak(Fixed(10, 10), zone="UTC"), "10 October, UTC", "10 oktober, UTC"),
    (
        peak(EXAMS, lead=Lead(1), daily=DailyHours(480, 1020), horizon_until=date(2030, 6, 30)),
        "Five periods, the first Fri 8 May to Wed 20 May 2026, the last Wed 8 May to Mon 20 May 2030; "
        "from the day before, each day 08:00–17:00; known until 30 June 2030",
        "Vijf perioden, de eerste vr 8 mei t/m wo 20 mei 2026, de laatste wo 8 mei t/m ma 20 mei 2030; "
        "vanaf de dag ervoor, elke dag 08:00–17:00; bekend t/m 30 juni 2030",
    ),
    (
        peak(
            Fixed(5, 1),
            valid_from=date(2027, 1, 1),
            valid_until=date(2030, 12, 31),
            except_on=frozenset({date(2029, 5, 1), date(2028, 5, 1)}),
            also_on=frozenset({date(2028, 5, 2)}),
            enabled=False,
        ),
        "1 May; valid from 1 January 2027 to 31 December 2030; except on Mon 1 May 2028 and Tue 1 May 2029; "
        "also on Tue 2 May 2028; switched off",
        "1 mei; geldig van 1 januari 2027 t/m 31 december 2030; behalve op ma 1 mei 2028 en di 1 mei 2029; "
        "ook op di 2 mei 2028; uitgeschakeld",
    ),
    (
        peak(Fixed(5, 1), valid_from=date(2027, 1, 1), except_on=frozenset(date(year, 5, 1) for year in range(2028, 2032))),
        "1 May; valid from 1 January 2027; except on four dates, the first Mon 1 May 2028, the last Thu 1 May 2031",
        "1 mei; geldig vanaf 1 januari 2027; behalve op vier datums, de eerste ma 1 mei 2028, de laatste do 1 mei 2031",
    ),
    (peak(Fixed(5, 1), valid_until=date(2027, 1, 1)), "1 May; valid until 1 January 2027", "1 mei; geldig t/m 1 januari 2027"),
]


@pytest.mark.parametrize(("rule", "english", "dutch"), RULES)
def test_a_rule_is_said(rule: AnchorRule, english: str, dutch: str) -> None:
    assert say_rule(ENGLISH, rule) == english
    assert say_rule(STRICT_DUTCH, rule) == dutch


@pytest.mark.parametrize(("rrule", "english", "dutch"), RECURRENCES)
def test_a_recurrence_is_said(rrule: str, english: str, dutch: str) -> None:
    assert say_rule(ENGLISH, recurring(rrule)) == english
    assert say_rule(STRICT_DUTCH, recurring(rrule)) == dutch


@pytest.mark.parametrize(("one", "english", "dutch"), PEAKS)
def test_a_peak_is_said(one: Peak, english: str, dutch: str) -> None:
    assert say_peak(ENGLISH, one) == english
    assert say_peak(STRICT_DUTCH, one) == dutch


def test_a_zone_is_not_named_to_who_lives_in_it() -> None:
    there = peak(Fixed(1, 31), zone="Europe/London")
    assert say_peak(ENGLISH, there) == "31 January, London time"
    assert say_peak(ENGLISH, there, reader_zone="Europe/London") == "31 January"


def test_every_kind_of_rule_has_a_sentence_here() -> None:
    kinds = {kind for one in get_args(AnchorRule) for kind in (get_args(one) or (one,))}
    assert set(get_args(YearlyRule)) < kinds
    assert {type(rule) for rule, _, _ in RULES} | {Recurrence} == kinds


def nested() -> Iterator[AnchorRule]:
    """Every rule of this file in every place that another rule has for it."""
    for rule in [rule for rule, _, _ in RULES] + [recurring(rrule) for rrule, _, _ in RECURRENCES]:
        yield WorkdayOffset(rule, "NL", 2)
        yield WorkdayOffset(WorkdayOffset(rule, "NL", 2), "TARGET", -1)
        yield FromTo(rule, Fixed(6, 1))
        yield FromTo(Fixed(6, 1), rule)
        yield FromTo(Fixed(6, 1), WorkdayOffset(rule, "NL", 2))
        yield Fixed(6, 1, adjust=(IfSameAs(rule, 1),))


def test_every_rule_can_stand_within_another() -> None:
    for rule in nested():
        for language in (ENGLISH, STRICT_DUTCH):
            require_whole(say_rule(language, rule))


@pytest.mark.parametrize("template", peak_templates())
def test_every_template_is_said_in_both_languages(template: str) -> None:
    known = peak_templates()[template].peak
    english, dutch = say_peak(ENGLISH, known), say_peak(STRICT_DUTCH, known)
    require_whole(english)
    require_whole(dutch)
    strangers = re.findall(r"\b(the|of the|from|to|before|after|every|each|when|until|day|days|and|or|first|up|time)\b", dutch)
    assert not strangers, f"English in {dutch!r}"


def require_whole(sentence: str) -> None:
    assert sentence[0] == sentence[0].upper(), sentence
    assert not sentence.endswith("."), sentence
    assert not re.search(r"[{}]|  |\(\)|None", sentence), sentence
    assert sentence.count("(") == sentence.count(")"), sentence


@pytest.mark.parametrize(
    ("number", "english", "dutch"),
    [
        (1, "first", "eerste"),
        (12, "twelfth", "twaalfde"),
        (13, "13th", "13e"),
        (21, "21st", "21e"),
        (22, "22nd", "22e"),
        (23, "23rd", "23e"),
        (111, "111th", "111e"),
        (-1, "last", "laatste"),
        (-3, "third-to-last", "op twee na laatste"),
        (-14, "14th-to-last", "op 13 na laatste"),
    ],
)
def test_ordinals_up_to_twelve_are_words(number: int, english: str, dutch: str) -> None:
    assert words.say_ordinal(ENGLISH, number) == english
    assert words.say_ordinal(STRICT_DUTCH, number) == dutch


def test_every_national_calendar_and_each_of_its_days_off_has_a_name() -> None:
    for code, calendar in NATIONAL_CALENDARS.items():
        assert code in words.CALENDARS
        keys = [name for day_off in calendar.days_off for name in (day_off.key, *day_off.also_called)]
        for key in (*keys, *(key for _, key in calendar.once)):
            assert words.holiday_key(code, key) in words.HOLIDAYS, key
            assert words.say_holiday(STRICT_DUTCH, code, key)


def test_a_calendar_is_named_with_its_code() -> None:
    assert words.say_calendar(ENGLISH, "NL") == "Dutch working days (NL)"
    assert words.say_calendar(DUTCH, "NL") == "Nederlandse werkdagen (NL)"
    assert words.say_calendar(STRICT_DUTCH, "TARGET") == "Werkdagen van het Europese betalingsverkeer (TARGET)"
    assert words.say_calendar(STRICT_DUTCH, "ZK") == "Werkdagen (ZK)"


def test_every_word_in_the_tables_has_a_dutch_one() -> None:
    for names in (*words.CALENDARS.values(), words.ANY_CALENDAR):
        for text in (names.one, names.calendar, names.title):
            assert not text or text in DUTCH.texts, text
    for text in (*words.NUMBERS, *words.ORDINALS, *words.HOLIDAYS.values(), *words.EASTER_DAYS.values()):
        assert text in DUTCH.texts, text


@pytest.mark.parametrize("name", ["rules", "calendars"])
def test_every_dutch_text_is_used_and_said_alike_everywhere(name: str) -> None:
    source = "".join((PHRASES / f"{module}.py").read_text(encoding="utf-8") for module in SENTENCES)
    with (PHRASES / "nl" / f"{name}.po").open("rb") as file:
        for message in read_po(file, locale="nl"):
            if message.id:
                forms = message.id if isinstance(message.id, tuple) else (message.id,)
                assert all(form in source for form in forms), f"{forms} is said nowhere: remove it"
                assert DUTCH.texts[forms[0]] == message.string, f"another catalogue says {forms[0]!r} differently"


# --- Surprises ------------------------------------------------------------------------------------------------------


def surprises(language: Language, one: Peak, first: int, last: int) -> list[str]:
    dated = occurrences(one, date(first, 1, 1), date(last, 12, 31), NATIONAL_CALENDARS)
    return say_surprises(language, one, dated, NATIONAL_CALENDARS)


@pytest.mark.parametrize(
    ("one", "years", "english", "dutch"),
    [
        pytest.param(
            peak(Fixed(4, 27, adjust=(IfWeekday(SU, -1),))),
            (2030, 2031),
            ["Sat 26 Apr 2031: one day earlier, because 27 April 2031 is a Sunday"],
            ["Za 26 apr 2031: één dag eerder, want 27 april 2031 is een zondag"],
            id="adjusted for a weekday",
        ),
        pytest.param(
            peak(NthWeekday(5, SU, -1, adjust=(IfSameAs(Easter(offset_days=49), 7),))),
            (2023, 2023),
            ["Sun 4 Jun 2023: seven days later, because 28 May 2023 is Whit Sunday"],
            ["Zo 4 jun 2023: zeven dagen later, want 28 mei 2023 is eerste pinksterdag"],
            id="adjusted for another rule",
        ),
        pytest.param(
            peak(Fixed(2, 29, Feb29.FEB28)),
            (2027, 2028),
            ["Sun 28 Feb 2027: instead of 29 February, because 2027 is no leap year"],
            ["Zo 28 feb 2027: in plaats van 29 februari, want 2027 is geen schrikkeljaar"],
            id="no leap year",
        ),
        pytest.param(
            peak(Holiday("US-FED", "new_year")),
            (2027, 2027),
            ["Fri 31 Dec 2027: day off for New Year's Day, because 1 January 2028 is a Saturday"],
            ["Vr 31 dec 2027: vrije dag voor nieuwjaarsdag, want 1 januari 2028 is een zaterdag"],
            id="observed on another date",
        ),
        pytest.param(
            peak(Holiday("GB-ENG", "may_day")),
            (2019, 2020),
            ["Fri 8 May 2020: Early May bank holiday, on this date once only"],
            ["Vr 8 mei 2020: Britse vrije dag begin mei, eenmalig op deze datum"],
            id="observed once on another date",
        ),
        pytest.param(
            peak(DayRolled("NL", 25, Roll.PRECEDING, (5, 7))),
            (2026, 2026),
            [
                "Fri 22 May 2026: three days earlier, because 25 May 2026 is Whit Monday",
                "Fri 24 Jul 2026: one day earlier, because 25 July 2026 is a Saturday",
            ],
            [
                "Vr 22 mei 2026: drie dagen eerder, want 25 mei 2026 is tweede pinksterdag",
                "Vr 24 jul 2026: één dag eerder, want 25 juli 2026 is een zaterdag",
            ],
            id="rolled off a holiday and a weekend",
        ),
        pytest.param(
            peak(FromTo(Fixed(4, 27, adjust=(IfWeekday(SU, -1),)), DayRolled("NL", 5, Roll.FOLLOWING, (5,)))),
            (2025, 2025),
            [
                "Sat 26 Apr 2025: one day earlier, because 27 April 2025 is a Sunday",
                "Tue 6 May 2025: one day later, because 5 May 2025 is Liberation Day",
            ],
            [
                "Za 26 apr 2025: één dag eerder, want 27 april 2025 is een zondag",
                "Di 6 mei 2025: één dag later, want 5 mei 2025 is Bevrijdingsdag",
            ],
            id="both ends of a period",
        ),
        pytest.param(
            peak(WorkdayOffset(Holiday("NL", "kings_day"), "NL", 1)),
            (2031, 2031),
            ["Sat 26 Apr 2031: day off for King's Day, because 27 April 2031 is a Sunday"],
            ["Za 26 apr 2031: vrije dag voor Koningsdag, want 27 april 2031 is een zondag"],
            id="the day that working days are counted from",
        ),
        pytest.param(
            peak(WorkdayOffset(Fixed(12, 28), "NL", -2)),
            (2026, 2026),
            ["Fri 25 Dec 2026 does not count as a working day: Christmas Day"],
            ["Vr 25 dec 2026 telt niet als werkdag: eerste kerstdag"],
            id="a day off among the working days that are counted",
        ),
        pytest.param(
            peak(WorkingDay("NL", 1, (1, 3, 4)), lead=Lead(3, 0, "NL")),
            (2027, 2027),
            [
                "Fri 1 Jan 2027 does not count as a working day: New Year's Day",
                "Mon 29 Mar 2027 does not count as a working day: Easter Monday",
                "Sun 28 Mar 2027 has 23 hours: the clock goes forward",
            ],
            [
                "Vr 1 jan 2027 telt niet als werkdag: nieuwjaarsdag",
                "Ma 29 mrt 2027 telt niet als werkdag: tweede paasdag",
                "Zo 28 mrt 2027 telt 23 uur: de klok gaat vooruit",
            ],
            id="a day off before the first working day, and one within the lead",
        ),
        pytest.param(
            peak(FromTo(Fixed(12, 1), WorkingDay("NL", -1, (12,)))),
            (2027, 2027),
            [],
            [],
            id="no day off in the end of the month",
        ),
        pytest.param(
            peak(NthWeekday(3, SU, -1)),
            (2027, 2027),
            ["Sun 28 Mar 2027 has 23 hours: the clock goes forward"],
            ["Zo 28 mrt 2027 telt 23 uur: de klok gaat vooruit"],
            id="23 hours",
        ),
        pytest.param(
            peak(Fixed(11, 1), lead=Lead(10)),
            (2026, 2026),
            ["Sun 25 Oct 2026 has 25 hours: the clock goes back"],
            ["Zo 25 okt 2026 telt 25 uur: de klok gaat terug"],
            id="25 hours among the lead days",
        ),
        pytest.param(
            peak(NthWeekday(10, SU, 1), zone="Australia/Lord_Howe"),
            (2026, 2026),
            ["Sun 4 Oct 2026 has 23 hours 30 minutes: the clock goes forward"],
            ["Zo 4 okt 2026 telt 23 uur 30 minuten: de klok gaat vooruit"],
            id="half an hour",
        ),
        pytest.param(
            peak(NthWeekday(3, SA, -1), daily=DailyHours(20 * 60, 4 * 60)),
            (2027, 2027),
            ["Sun 28 Mar 2027 has 23 hours: the clock goes forward"],
            ["Zo 28 mrt 2027 telt 23 uur: de klok gaat vooruit"],
            id="hours that run into the short day",
        ),
        pytest.param(
            peak(NthWeekday(3, SU, -1), daily=DailyHours(2 * 60 + 10, 2 * 60 + 50)),
            (2027, 2027),
            ["Sun 28 Mar 2027 has 23 hours: the clock goes forward"],
            ["Zo 28 mrt 2027 telt 23 uur: de klok gaat vooruit"],
            id="hours that do not exist and come later",
        ),
        pytest.param(
            peak(NthWeekday(3, SU, -1), daily=DailyHours(2 * 60, 3 * 60)),
            (2027, 2027),
            ["Sun 28 Mar 2027: no busy hours, because the clock skips them"],
            ["Zo 28 mrt 2027: geen drukke uren, want de klok slaat ze over"],
            id="hours that the clock skips",
        ),
    ],
)
def test_a_surprising_date_is_explained(one: Peak, years: tuple[int, int], english: list[str], dutch: list[str]) -> None:
    assert surprises(ENGLISH, one, *years) == english
    assert surprises(STRICT_DUTCH, one, *years) == dutch


@pytest.mark.parametrize(
    "one",
    [
        pytest.param(peak(Fixed(2, 14)), id="a plain date"),
        pytest.param(peak(NthWeekday(3, SU, -1), daily=DailyHours(9 * 60, 17 * 60)), id="hours without the clock change"),
        pytest.param(peak(NthWeekday(10, SU, -1), daily=DailyHours(0, 60)), id="hours before the clock change"),
        pytest.param(peak(DayRolled("NL", 25, Roll.NONE, (5, 7))), id="a day that does not roll"),
        pytest.param(peak(Fixed(4, 27, adjust=(IfWeekday(SU, 0),))), id="an adjustment by nothing"),
    ],
)
def test_what_is_where_one_looks_for_it_is_no_surprise(one: Peak) -> None:
    assert occurrences(one, date(2026, 1, 1), date(2031, 12, 31), NATIONAL_CALENDARS)
    assert surprises(ENGLISH, one, 2026, 2031) == []


def test_a_surprise_is_told_once() -> None:
    around_the_clock = peak(recurring("FREQ=DAILY"), lead=Lead(1, 1))
    assert surprises(ENGLISH, around_the_clock, 2027, 2027) == [
        "Sun 28 Mar 2027 has 23 hours: the clock goes forward",
        "Sun 31 Oct 2027 has 25 hours: the clock goes back",
    ]
