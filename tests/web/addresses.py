"""Pages of the demonstration, by who reads them: what the tests walk through."""

KINDS = (
    "fixed",
    "nth_weekday",
    "weekday_from",
    "easter",
    "holiday",
    "working_day",
    "day_rolled",
    "workday_offset",
    "span",
    "dates",
    "weekly",
    "rrule",
)

CALENDARS = (
    "/calendars",
    "/calendars/NL",
    "/calendars/NL?year=2025",  # a leap in fives, and Saturday King's Day
    "/calendars/GB-ENG?year=2022",  # days off once only, and one taken away
    "/calendars/US-FED?year=2027",  # a day off of the next year
    "/calendars/TARGET?year=1&version=x",
    "/calendars/DE?year=1971",
    "/calendars/FR?year=2199",
)
INTEGRATOR = (
    "/trail?party=ZONNEKROON",
    "/trail?party=BRUG&before=150",
    *CALENDARS,
    "/agreements",
    "/rechecks",
    "/conflicts",
    "/conflicts/1",
    "/waivers",
    "/waivers/1",
    "/desk",
    "/promises",
    "/promises?days=365",
    "/windows/W-26-004",  # promises, kept and late
    "/windows",
    "/windows?all=1",
    "/windows?text=storage",
    "/windows?text=nothing-is-called-so",
    "/windows?from=31-2-2027",
    "/windows?state=draft&supplier=WOLK&service=DC1-STORAGE&from=1-12-2026&to=1-2-2027",
    "/windows/W-27-014",  # advisory
    "/windows/W-27-022",  # clear, and approved
    "/windows/W-27-040",  # a collision, needs a waiver
    "/windows/W-27-037",  # blocked, with gaps in who can be reached
    "/windows/W-27-013",  # a draft
    "/windows/W-27-038",  # on hold
    "/windows/W-27-001",  # a series
    "/windows/W-26-010",  # rejected
    "/windows/W-26-001/checks/1",
    "/tonight",
    "/agreements/levels",
    "/windows/W-26-009/night-sheet",
    "/windows/W-27-040/night-sheet",
    "/reports",
    "/reports?from=1-3-2030&to=31-3-2030",  # nothing
    "/reports?from=31-2-2026",
    "/windows/W-26-001/run",  # closed
    "/windows/W-26-004/run",  # an emergency, with its retrospective
    "/windows/W-26-009/run",  # going on
    "/windows/W-27-014/run",  # not yet
    "/timeline",
    "/timeline?weeks=13&from=2027-01-01",
    "/timeline?from=nonsense",
    "/timeline?from=1-1-2060&weeks=1",
    "/peaks",
    "/peaks?customer=ZONNEKROON",
    "/subscriptions",
    "/peaks/ZONNEKROON:flower-mothers-day",
    "/peaks/LICHTLIJN:tv-cl-matchdays-2627",
    "/calendar-feeds",
    "/messages",
    "/trail",
    "/tokens",
    "/services",
    "/services?q=netwerk",
    "/services?q=nothing-is-called-so",
    "/services/NET-CORE-A",
    "/services/AUC-CLOCK",
    "/services/MW-ESB/slots",
)
ADMINISTRATOR = (
    "/messages/undelivered",
    "/experts",
    "/experts/new",
    "/experts/dc2-operator",
    "/experts/dc2-operator/change",
    "/experts/dc2-operator/absences/new",
    "/calendars/new",
    "/services/new",
    "/services/MW-ESB/change",
    "/services/MW-ESB/use?customer=DUINWIJK",  # begins
    "/services/AUC-CLOCK/use?customer=ZONNEKROON",  # ends
    "/services/MW-ESB/requirements/new",
    "/services/DC1-COMPUTE/requirements/2",
    "/services/DC1-COMPUTE/requirements/2/remove",
)
WHY_NOT = "/timeline/why-not?day=9-2-2027&time=02:00&minutes=120&rollback_minutes=60&type=normal&services=MW-ESB"
PROPOSER = (
    "/windows/W-26-011/tell",
    "/windows/W-27-014/slots",
    "/windows/W-27-037/slots?slots_from=1-1-2027&slots_to=14-1-2027&slots_most=3&slots_waiver=1",
    "/timeline/why-not",
    WHY_NOT,
    "/windows/new",
    "/windows/W-27-013/change",
    "/windows/W-27-022/change",
    "/windows/W-27-001/change",
)
CUSTOMER = (
    *CALENDARS,
    "/promises",
    "/windows/W-27-033/tell",
    "/agreements",
    "/calendars/new",
    "/peaks",
    "/subscriptions",
    "/subscriptions/new",
    "/peaks/new",
    "/peaks/new?q=moederdag",
    "/peaks/new?q=nothing-is-called-so",
    *(f"/peaks/new/{kind}" for kind in KINDS),
    "/peaks/new/calendar",
    "/peaks/ZONNEKROON:flower-mothers-day/calendar",
    "/peaks/new/nth_weekday?template=flower-mothers-day",
    "/peaks/new/span?template=flower-spring-plants",
    "/peaks/ZONNEKROON:flower-mothers-day",
    "/peaks/ZONNEKROON:flower-mothers-day/change",
    "/peaks/ZONNEKROON:flower-christmas/change",  # a rule of two parts
    "/peaks/ZONNEKROON:flower-auction-clock/change",
    "/peaks/ZONNEKROON:flower-mothers-day/dates/2027-05-09",
    "/peaks/ZONNEKROON:flower-mothers-day/suspend",
    "/peaks/review",
    "/conflicts",
    "/waivers",
    "/windows",
    "/windows?all=1",
    "/windows/W-27-010",
    "/windows/W-27-033",
    "/windows/W-26-006/run",
    "/reports",
    "/reviews",
    "/tonight",
    "/agreements/levels",
    "/timeline",
    "/timeline?weeks=13&from=2027-01-01",
    "/calendar-feeds",
    "/messages",
    "/trail",
    "/tokens",
    "/services",
    "/services/AUC-CLOCK",
)
SUPPLIER = (
    *CALENDARS,
    "/promises",
    "/windows/W-27-014/tell",
    "/windows/W-27-014/slots",
    WHY_NOT,
    "/windows",
    "/windows?all=1",
    "/windows/new",
    "/windows/W-27-013",
    "/windows/W-27-014",
    "/windows/W-27-011",
    "/windows/W-27-044",
    "/windows/W-27-013/change",
    "/windows/W-26-003/run",
    "/windows/W-27-014/night-sheet",
    "/reports",
    "/tonight",
    "/timeline",
    "/timeline?weeks=13&from=2027-01-01",
    "/calendar-feeds",
    "/messages",
    "/trail",
    "/tokens",
    "/peaks",
    "/subscriptions",
    "/services",
    "/services/MW-ESB",
    "/experts",
    "/experts/new",
    "/experts/mw-specialist-2",
    "/experts/mw-specialist-2/change",
    "/experts/mw-specialist-2/absences/new",
)

READERS = {
    "krp-cm-1": (*INTEGRATOR, *PROPOSER, "/windows/W-27-017/waivers"),
    "krp-duty": (*INTEGRATOR, *PROPOSER, "/windows/W-27-017/waivers"),
    "krp-admin": (*INTEGRATOR, *ADMINISTRATOR),
    "zonnekroon-planner": CUSTOMER,
    "brug-planner": SUPPLIER,
}
