"""Starts Ober from a plain checkout.

    python run.py demo                  a filled planner to look around in
    python run.py test [pytest ...]     the tests
    python run.py COMMAND [...]         any `ober` command

The first start makes `.venv` beside this file and fills it with what uv.lock names; a later start finds nothing changed and goes on
at once. This file runs before anything is installed, so it needs the standard library only; and Python 3.6 can read it, so that
the owner of an old Python is told what is missing. Standard output belongs to the command: the launcher speaks on standard error,
and ends with status 69 when it cannot start the command, so that this is never taken for the command's own answer.
"""

import contextlib
import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
import sysconfig
import time
import venv
from pathlib import Path

if os.name == "nt":
    import msvcrt
else:
    import fcntl

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")
STAMP = VENV / "ober-stamp.json"
UV_VERSION = "0.13.9"
CHOICES = {"test": ["--group", "dev", "--extra", "postgresql"], "run": ["--no-dev"]}
NOT_STARTED = 69


def too_old(version: tuple) -> str:
    """What to tell the owner of this Python version, or nothing when it will do."""
    if version[:2] >= (3, 11):
        return ""
    return (
        "Ober needs Python 3.11 or newer; this is Python {}.{}.{}.\n"
        "Install a newer one (from python.org, or your system's packages) and start it by its own name,\n"
        "for example: python3.11 run.py demo (on Windows: py -3.11 run.py demo)"
    ).format(*version)


def main(arguments: list) -> int:
    if not arguments:
        say(__doc__)
        return 2
    prepare("test" if arguments[0] == "test" else "run")
    if arguments[0] == "test":
        # All of them on every core; those somebody names run in one process, where they can be followed and stopped.
        return follow(
            [PYTHON, "-m", "pytest", *(arguments[1:] or ["-n", str((os.cpu_count() or 1) + 1), "--dist", "worksteal"])],
            cwd=str(ROOT),
        )
    # -P: a folder named `app` where the caller stands must not be taken for ours.
    return follow([PYTHON, "-P", "-m", "app.cli", *arguments])


def prepare(choice: str) -> None:
    """Bring `.venv` to what uv.lock says, unless it is there already."""
    if is_current(choice):
        return
    began = time.monotonic()
    say("Preparing .venv; the first time this takes about half a minute.")
    with turn():
        if not is_current(choice):
            if not is_sound():
                make_venv()
            install(choice)
    say(f"Ready after {time.monotonic() - began:.0f} s.")


def is_current(choice: str) -> bool:
    stamp = read_stamp()
    return stamp.get("state") == state() and choice in stamp["choices"] and is_sound()


def is_sound() -> bool:
    """Whether `.venv` can be built upon: its Python starts and is of our version, and nothing that was installed has gone.

    An installation that was broken off may have left half a library that uv takes for a whole one, so that is not sound either.
    """
    stamp = read_stamp()
    if stamp.get("unfinished") or not set(stamp.get("names", [])) <= set(installed()):
        return False
    question = "import sys; print(sys.implementation.cache_tag, sys.prefix != sys.base_prefix)"
    try:
        answer = subprocess.check_output([str(PYTHON), "-I", "-c", question], stderr=subprocess.DEVNULL)
    except (OSError, subprocess.CalledProcessError):
        return False
    return answer.decode().split() == [sys.implementation.cache_tag, "True"]


def make_venv() -> None:
    say("Making .venv with Python {}.{}.{}.".format(*sys.version_info))
    try:  # without pip, because some distributions leave out ensurepip, which would bring it
        venv.create(str(VENV), clear=True, symlinks=os.name != "nt", with_pip=False)
    except (OSError, ValueError) as reason:
        give_up(f".venv could not be made: {reason}")


def install(choice: str) -> None:
    environment = dict(os.environ, UV_PROJECT_ENVIRONMENT=str(VENV), UV_PYTHON_DOWNLOADS="never")
    environment.pop("VIRTUAL_ENV", None)  # an environment that happens to be active is not ours to fill
    write_stamp(unfinished=True)
    uv = find_uv() or install_uv()
    say("Installing the libraries that uv.lock names.")
    command = [uv, "sync", "--frozen", "--inexact", "--project", ROOT, "--python", PYTHON, *CHOICES[choice]]
    if call(command, env=environment):
        give_up("The libraries could not be installed; the lines above say why.")
    write_stamp(state=state(), choices=["run", choice], names=installed())


def find_uv() -> str:
    """The uv on the path, else the one that an earlier start put into `.venv`.

    One that does not start, or is too old to know dependency groups, is passed over.
    """
    found = [shutil.which("uv"), shutil.which("uv", path=str(BIN))]
    return next((uv for uv in found if uv and succeeds([uv, "sync", "--group", "dev", "--help"])), "")


def install_uv() -> str:
    say("Installing uv, which installs the rest.")
    if succeeds([sys.executable, "-m", "pip", "--version"]):
        pip = [sys.executable, "-m", "pip", "--python", PYTHON]
    elif succeeds([PYTHON, "-m", "ensurepip"]):
        pip = [PYTHON, "-m", "pip"]
    else:
        give_up(
            "Nothing can be installed here: this Python has neither pip nor ensurepip, and there is no uv on the path.\n"
            "Install one of them (on Debian and Ubuntu: sudo apt install python3-venv)."
        )
    if call([*pip, "install", "--quiet", "--disable-pip-version-check", "--only-binary", "uv", "uv==" + UV_VERSION]):
        give_up("uv could not be installed; the lines above say why.")
    return shutil.which("uv", path=str(BIN))


def state() -> str:
    """What the contents of `.venv` depend on. The place counts, because the checkout itself is installed by its path."""
    parts = [sys.implementation.cache_tag.encode(), str(ROOT).encode()]
    parts += [(ROOT / name).read_bytes() for name in ("uv.lock", "pyproject.toml")]
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def installed() -> list:
    """The names in site-packages, so that a later start sees when one is gone."""
    folder = Path(sysconfig.get_path("purelib", "venv", {"base": str(VENV)}))
    return sorted(path.name for path in folder.glob("*") if path.name != "__pycache__")


def read_stamp() -> dict:
    try:
        return json.loads(STAMP.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}


def write_stamp(**facts: object) -> None:
    STAMP.write_text(json.dumps(facts), encoding="utf-8")


@contextlib.contextmanager
def turn():
    """One launcher prepares, another waits.

    The lock is on this very file: nothing is left lying about, and the system lets go of it when its holder dies.
    """
    with Path(__file__).open("rb") as handle:
        if os.name != "nt":
            fcntl.flock(handle, fcntl.LOCK_EX)
        while os.name == "nt":
            with contextlib.suppress(OSError):  # Windows stops waiting after ten seconds; we do not
                handle.seek(1 << 30)  # far past the end, since others cannot read what is locked
                msvcrt.locking(handle.fileno(), msvcrt.LK_LOCK, 1)
                break
        yield


def call(command: list, **options: object) -> int:
    """The exit status of a command of the launcher's own, whose output goes to standard error.

    It has a session of its own, so that Ctrl-C reaches it only through us: pip would answer with a traceback.
    """
    with subprocess.Popen([str(part) for part in command], stdout=sys.stderr, start_new_session=True, **options) as child:
        try:
            return child.wait()
        except KeyboardInterrupt:
            with contextlib.suppress(OSError):  # it may just have ended
                child.terminate() if os.name == "nt" else os.killpg(child.pid, signal.SIGTERM)
            raise


def succeeds(command: list) -> bool:
    return subprocess.call([str(part) for part in command], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) == 0


def follow(command: list, **options: object) -> int:
    """Run the command in our place and pass on its exit status.

    What Python compiles is kept for the next start even where containers ask for nothing to be written: a start takes a third.
    Ctrl-C reaches the command by itself, from the terminal, and it may take its time to stop: we wait, and report 130. A request to
    terminate reaches only us and is handed on, so that no server stays behind.
    """
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    child = subprocess.Popen([str(part) for part in command], env=environment, **options)
    signal.signal(signal.SIGTERM, lambda number, _: child.send_signal(number))
    interrupted = False
    while True:
        try:
            status = child.wait()
        except KeyboardInterrupt:
            interrupted = True
        else:
            return 130 if interrupted else status if status >= 0 else 128 - status


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def give_up(reason: str) -> None:
    """End in good order: what `.venv` holds can still be built upon."""
    with contextlib.suppress(OSError):
        STAMP.unlink()
    say(reason + "\nOnce that is solved, start the same command again.")
    sys.exit(NOT_STARTED)


if __name__ == "__main__":
    if too_old(sys.version_info[:3]):
        say(too_old(sys.version_info[:3]))
        sys.exit(NOT_STARTED)
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
