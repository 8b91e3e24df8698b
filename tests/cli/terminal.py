"""`ober` as somebody types it: in this process, or as a program of its own."""

import gc
import subprocess
import sys
import traceback
import warnings
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from app.cli import main

ROOT = Path(__file__).parents[2]


def ober(*words: object, typed: str | None = None, encoding: str = "utf-8", **environment: str | None) -> Result:
    """Run a command on a wide screen. What goes wrong inside is not swallowed: a traceback is no answer."""
    runner = CliRunner(charset=encoding, env={"COLUMNS": "240", **environment})
    result = runner.invoke(main, [str(word) for word in words], input=typed)
    crashed = result.exception and not isinstance(result.exception, SystemExit)
    told = "".join(traceback.format_exception(result.exception)) if crashed else ""
    result.exception = result.exc_info = None
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)
        gc.collect()  # the end of a program closes its connections; here nothing ends
    if crashed:
        pytest.fail(told, pytrace=False)
    return result


def program(*words: object) -> subprocess.CompletedProcess[bytes]:
    """The same as a program of its own."""
    command = [sys.executable, "-m", "app.cli", *map(str, words)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, check=False)
