"""After the work: each service on the way to the customers is looked at, and gets its green light."""

from collections.abc import Collection

from app.domain.access import Right, require
from app.domain.conflicts import check
from app.domain.end_to_end import along
from app.domain.refusal import NotFound, Refusal
from app.store import chain, green_lights, runs, trail, windows
from app.store.database import Work
from app.store.situations import load_situation
from app.store.turnstile import take_turn


def give_green_light(work: Work, window_id: str, occurrence: str, services: Collection[str]) -> None:
    """Exactly these of the services that the actor may see have been seen to work again, after a run that has begun.

    The supplier looks at its own, the integrator at all of them. Who saw a service first stays on the record.
    """
    require(work.actor, Right.PROPOSE)
    take_turn(work)
    known = windows.load(work, window_id)
    if occurrence not in runs.of_window(work, window_id):
        raise NotFound("run")
    result = check([known.window], load_situation(work, [known.window]))
    on_the_way = along((one.path for one in result.affected), known.window.services)
    visible = frozenset(chain.services_named(work, on_the_way))
    if not visible.issuperset(services):
        raise Refusal("bad_choice", "services")
    green_lights.put_out(work, window_id, occurrence, visible - frozenset(services))
    green_lights.tick(work, window_id, occurrence, services)
    trail.append(work, "window.green", "window", window_id, occurrence=occurrence, services=sorted(services))
