"""The demonstration world: everything its file says of its windows is what a page shows."""

from collections import defaultdict

from app.demo.world import DemoWorld
from app.queries.window_pages import WindowPage, window_page
from tests.conftest import Cast


def told(page: WindowPage) -> dict[str, object]:
    """A window's page in the shape of the file's `expected`."""
    shown = page.check.shown
    gaps: dict[str, int] = defaultdict(int)
    for gap in page.check.cover.gaps if page.check.cover else ():
        gaps[gap.service] += gap.span.seconds // 60
    return {
        "verdict": shown.verdict,
        "affected_customers": sorted(shown.customers),
        "conflicting_rules": sorted({f"{one.peak}@{one.anchor}" for one in shown.conflicts}),
        "conflicts": len(shown.conflicts),
        "collisions": [
            {"kind": kind, "windows": list(windows)}
            for kind, windows in sorted({(one.kind, one.windows) for one in shown.collisions})
        ],
        "notes": sorted({one.kind for one in shown.notes}),
        "expert_cover_gaps": [{"service": service, "uncovered_minutes": minutes} for service, minutes in gaps.items()],
    }


def expected(written: dict[str, object]) -> dict[str, object]:
    """The file counts the registered experts too, which the page says in words."""
    gaps = [{name: gap[name] for name in ("service", "uncovered_minutes")} for gap in written.get("expert_cover_gaps", [])]
    return {**written, "expert_cover_gaps": gaps}


def test_every_window_of_the_story_shows_what_the_story_says(world: DemoWorld, cast: Cast) -> None:
    wrong = {}
    with cast("krp-cm-1").reading() as work:
        for written in world.section("windows"):
            shown = told(window_page(work, written["id"]))
            if shown != expected(written["expected"]):
                wrong[written["id"]] = (shown, written["expected"])
    assert len(world.section("windows")) == 69
    assert wrong == {}
