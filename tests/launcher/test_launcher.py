"""The launcher, really started on small checkouts of its own, with a stand-in for uv so that nothing is downloaded."""

import ast
import importlib.util
import json
import os
import shutil
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

LAUNCHER = Path(__file__).resolve().parents[2] / "run.py"

# The stand-in notes how it was called, and makes the checkout importable as `uv sync` would.
UV = f"""#!{sys.executable}
import json, os, pathlib, signal, sys, time
if "--help" in sys.argv:
    sys.exit()
root = pathlib.Path(sys.argv[sys.argv.index("--project") + 1])
names = ("VIRTUAL_ENV", "UV_PROJECT_ENVIRONMENT", "UV_PYTHON_DOWNLOADS")
with (root / "syncs").open("a") as log:
    log.write(json.dumps([sys.argv[1:], {{name: os.environ.get(name) for name in names}}]) + "\\n")
print("words of uv")
if (root / "no-network").exists():
    sys.exit(1)
(library,) = (root / ".venv").glob("lib/*/site-packages")
(library / "ober.pth").write_text(str(root))
if (root / "power-cut").exists():
    os.kill(os.getppid(), signal.SIGKILL)
if (root / "slow-network").exists():
    time.sleep(0.5)
"""

COMMAND = """
import json, os, signal, sys, time
if "wait" in sys.argv:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(7))
    try:
        print("waiting", flush=True)
        time.sleep(60)
    except KeyboardInterrupt:
        sys.exit(0)
print(json.dumps([os.path.basename(sys.prefix), sys.argv[1:]]))
sys.exit(3)
"""


class Checkout:
    def __init__(self, root: Path, tools: Path) -> None:
        self.root, self.venv = root, root / ".venv"
        self.environment = {**os.environ, "PATH": f"{tools}{os.pathsep}{os.environ['PATH']}"}
        shutil.copy(LAUNCHER, root)
        for name, text in {"app/cli.py": COMMAND, "pytest.py": COMMAND, "uv.lock": "one", "pyproject.toml": ""}.items():
            (root / name).parent.mkdir(exist_ok=True)
            (root / name).write_text(text)
        (root / "elsewhere").mkdir()

    def begin(self, *arguments: str, **options: object) -> subprocess.Popen[str]:
        command = [sys.executable, self.root / "run.py", *arguments]
        pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
        return subprocess.Popen(command, env=self.environment, cwd=self.root / "elsewhere", **pipes, **options)

    def start(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        with self.begin(*arguments) as process:
            said, complained = process.communicate(timeout=60)
        return subprocess.CompletedProcess(arguments, process.returncode, said, complained)

    def syncs(self) -> list[tuple[list[str], dict[str, str]]]:
        log = self.root / "syncs"
        return [json.loads(line) for line in log.read_text().splitlines()] if log.exists() else []


@pytest.fixture
def checkout(tmp_path: Path) -> Checkout:
    if os.name == "nt":
        pytest.skip("the stand-in for uv is a script, which Windows does not start by its name")
    tools, root = tmp_path / "tools", tmp_path / "a checkout"
    tools.mkdir()
    root.mkdir()
    (tools / "uv").write_text(UV)
    (tools / "uv").chmod(stat.S_IRWXU)
    return Checkout(root, tools)


def test_the_owner_of_an_old_python_is_told_what_is_missing_and_what_to_do() -> None:
    spec = importlib.util.spec_from_file_location("launcher", LAUNCHER)
    launcher = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(launcher)
    message = launcher.too_old((3, 8, 18))
    assert "needs Python 3.11 or newer; this is Python 3.8.18" in message
    assert "Install a newer one" in message
    assert launcher.too_old((3, 10, 99))
    assert not launcher.too_old((3, 11, 0))
    assert not launcher.too_old((4, 0, 0))


def test_an_old_python_can_read_the_launcher_at_all() -> None:
    ast.parse(LAUNCHER.read_text(encoding="utf-8"), feature_version=(3, 6))


def test_the_command_gets_its_arguments_and_only_the_command_writes_to_standard_output(checkout: Checkout) -> None:
    first = checkout.start("check", "a file.yml", "--json")
    again = checkout.start("check", "a file.yml", "--json")
    assert [json.loads(run.stdout) for run in (first, again)] == [[".venv", ["check", "a file.yml", "--json"]]] * 2
    assert "words of uv" in first.stderr
    assert again.stderr == ""


def test_the_exit_status_of_the_command_is_passed_on(checkout: Checkout) -> None:
    assert checkout.start("check").returncode == 3


def test_the_second_start_installs_nothing_and_a_changed_lock_does(checkout: Checkout) -> None:
    checkout.start("demo")
    checkout.start("demo")
    assert len(checkout.syncs()) == 1
    for name in ("uv.lock", "pyproject.toml"):
        before = len(checkout.syncs())
        (checkout.root / name).write_text("two")
        checkout.start("demo")
        checkout.start("demo")
        assert len(checkout.syncs()) == before + 1, name


def test_the_tests_need_more_than_the_demo_and_the_demo_is_content_with_what_the_tests_need(checkout: Checkout) -> None:
    for command in ("demo", "test", "demo", "test"):
        checkout.start(command, "-k", "lock")
    (demo, _), (tests, _) = checkout.syncs()
    assert "--no-dev" in demo
    assert tests[-4:] == ["--group", "dev", "--extra", "postgresql"]


def test_uv_fills_our_environment_and_not_the_active_one_and_fetches_no_python(checkout: Checkout) -> None:
    checkout.environment["VIRTUAL_ENV"] = "/somewhere/else"
    checkout.start("demo")
    ((arguments, environment),) = checkout.syncs()
    assert {"--frozen", "--inexact"} <= set(arguments)
    assert arguments[arguments.index("--python") + 1] == str(checkout.venv / "bin" / "python")
    assert environment == {"VIRTUAL_ENV": None, "UV_PROJECT_ENVIRONMENT": str(checkout.venv), "UV_PYTHON_DOWNLOADS": "never"}


def test_what_was_compiled_is_kept_for_the_next_start_whatever_the_environment_asks(checkout: Checkout) -> None:
    (checkout.root / "app" / "__init__.py").touch()
    checkout.environment["PYTHONDONTWRITEBYTECODE"] = "1"
    checkout.start("demo")
    assert list((checkout.root / "app" / "__pycache__").glob("__init__.*"))


@pytest.mark.parametrize("missing", ["bin/python", "pyvenv.cfg", "lib/*/site-packages/ober.pth"])
def test_an_environment_with_a_piece_missing_is_made_anew(checkout: Checkout, missing: str) -> None:
    checkout.start("demo")
    (piece,) = checkout.venv.glob(missing)
    piece.unlink()
    assert json.loads(checkout.start("demo").stdout) == [".venv", ["demo"]]
    assert len(checkout.syncs()) == 2


def test_an_environment_whose_python_does_not_start_is_made_anew(checkout: Checkout) -> None:
    checkout.start("demo")
    python = checkout.venv / "bin" / "python"
    python.unlink()
    python.symlink_to("/gone/python")
    assert json.loads(checkout.start("demo").stdout) == [".venv", ["demo"]]


def test_an_installation_that_was_broken_off_is_begun_anew(checkout: Checkout) -> None:
    (checkout.root / "power-cut").touch()
    assert checkout.start("demo").returncode == -signal.SIGKILL
    (checkout.root / "power-cut").unlink()
    half = checkout.venv / "half a library"
    half.touch()
    assert json.loads(checkout.start("demo").stdout) == [".venv", ["demo"]]
    assert not half.exists()


def test_an_installation_that_fails_is_said_and_keeps_what_was_there(checkout: Checkout) -> None:
    checkout.start("demo")
    kept = checkout.venv / "kept"
    kept.touch()
    (checkout.root / "uv.lock").write_text("two")
    (checkout.root / "no-network").touch()
    failed = checkout.start("check", "--json")
    assert (failed.returncode, failed.stdout) == (69, "")
    assert "could not be installed" in failed.stderr
    (checkout.root / "no-network").unlink()
    assert checkout.start("demo").returncode == 3
    assert kept.exists()


def test_where_nothing_can_install_the_launcher_says_so(checkout: Checkout) -> None:
    hidden = checkout.root / "hidden"
    hidden.mkdir()
    for name in ("pip", "ensurepip"):
        (hidden / f"{name}.py").write_text("raise ImportError")
    checkout.environment.update(PATH="", PYTHONPATH=str(hidden))
    refused = checkout.start("demo")
    assert (refused.returncode, refused.stdout) == (69, "")
    assert "neither pip nor ensurepip" in refused.stderr


def test_of_two_first_starts_at_one_moment_one_installs_and_both_go_on(checkout: Checkout) -> None:
    (checkout.root / "slow-network").touch()
    with checkout.begin("demo") as one, checkout.begin("demo") as other:
        for process in (one, other):
            process.communicate(timeout=60)
    assert [one.returncode, other.returncode] == [3, 3]
    assert len(checkout.syncs()) == 1


def test_without_a_command_the_launcher_tells_what_it_can_do_and_installs_nothing(checkout: Checkout) -> None:
    shown = checkout.start()
    assert (shown.returncode, shown.stdout) == (2, "")
    assert "python run.py demo" in shown.stderr
    assert not checkout.venv.exists()


def test_ctrl_c_ends_quietly_with_status_130(checkout: Checkout) -> None:
    checkout.start("demo")
    with checkout.begin("wait", start_new_session=True) as process:
        assert process.stdout.readline() == "waiting\n"
        os.killpg(process.pid, signal.SIGINT)
        _, complained = process.communicate(timeout=30)
    assert (process.returncode, complained) == (130, "")


def test_a_request_to_terminate_reaches_the_command(checkout: Checkout) -> None:
    checkout.start("demo")
    with checkout.begin("wait") as process:
        assert process.stdout.readline() == "waiting\n"
        began = time.monotonic()
        process.terminate()
        process.communicate(timeout=30)
    assert process.returncode == 7
    assert time.monotonic() - began < 30
