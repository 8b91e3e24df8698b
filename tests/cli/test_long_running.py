"""A process that stays does not look for garbage among what it read at the start."""

import gc
import subprocess
import sys

from app.cli.long_running import BEFORE_A_LOOK

ASKS = """
import gc
from app.cli.long_running import settle
settle()
print(gc.get_threshold(), gc.get_freeze_count() > 10_000, len(gc.get_objects()) < 1_000)
"""


def test_what_was_read_at_the_start_is_left_alone_and_looks_are_further_apart():
    said = subprocess.run([sys.executable, "-c", ASKS], capture_output=True, text=True, check=True).stdout
    assert said == f"{BEFORE_A_LOOK} True True\n"
    assert gc.get_threshold() != BEFORE_A_LOOK, "in a process of its own: these tests have settled otherwise"
