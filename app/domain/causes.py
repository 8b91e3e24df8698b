"""Why was a window checked? Because of a step somebody took with it, or because something else changed."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Cause:
    """`step` is what was done: submit, reschedule, approve, take_over, recheck.

    Of a re-check `kind` and `id` name what changed (`peak` and its id, and so on); both are empty when that is not known.
    Which one it was is for the integrator: to others it may be a customer's secret, or a competitor's window.
    """

    step: str
    kind: str = ""
    id: str = ""
