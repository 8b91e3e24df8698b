"""Along which services does a window reach its customers, and which of them have been seen to work again?"""

from dataclasses import replace

from app.domain.access import SYSTEM, PartyKind
from app.domain.conflicts import check
from app.domain.end_to_end import along
from app.domain.running import Run
from app.domain.windows import Window
from app.store import chain, green_lights
from app.store.database import Work
from app.store.situations import load_situation


def way_of(work: Work, window: Window) -> list[str]:
    """From what is maintained to what is used, whoever may know the way."""
    result = check([window], load_situation(replace(work, actor=SYSTEM), [window]))
    return along((one.path for one in result.affected), window.services)


def not_green_yet(work: Work, window: Window, run: Run) -> list[str]:
    """The services on the way that the actor may see and nobody has ticked; customers have no part in that."""
    if work.actor.kind is PartyKind.CUSTOMER:
        return []
    way = way_of(work, window)
    visible, seen = chain.services_named(work, way), green_lights.lights(work, run.window, run.occurrence)
    return [one for one in way if one in visible and one not in seen]
