"""`ober run` and `ober demo`: serve the pages and feeds."""

import errno
import os
import secrets
import socket
import sys
import time
import webbrowser
from datetime import datetime
from pathlib import Path
from threading import Event, Thread, Timer

import click
import waitress
from flask import Flask
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from app.application import create_app
from app.cli.long_running import settle
from app.cli.worker import Worker
from app.demo.load import load_demo, steps_of
from app.demo.world import read_demo_world
from app.domain.access import SYSTEM
from app.domain.spans import Instant
from app.domain.walltime import instant_of
from app.store import people
from app.store.database import Database, open_database
from app.store.migrations import upgrade
from config import Settings, WrongSettingError, calendar_networks_from, calendar_ports_from, mail_from, settings_from

HOST = "127.0.0.1"
DEMO_FILE = "demo.db"


@click.command()
@click.option("--host", default=HOST, show_default=True, help="Address to listen on.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
def run(host: str, port: int) -> None:
    """Serve Ober with the settings of the environment (OBER_DATABASE_URL, OBER_SECRET_KEY, OBER_PUBLIC_URL)."""
    try:
        app = create_app(settings_from(os.environ))
    except WrongSettingError as wrong:
        raise click.ClickException(str(wrong)) from wrong
    _require_free(host, port)
    print(f"Ober listens on http://{host}:{port}", flush=True)
    _serve(app, host, port)


@click.command()
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option("--data", "folder", default="data", show_default=True, type=click.Path(path_type=Path), help="Where it is kept.")
@click.option("--as-of", "moment", is_flag=False, flag_value="story", help="Set the clock to the story's own time, or to a moment.")
@click.option("--keep", is_flag=True, help="Go on with what was kept last time instead of starting afresh.")
@click.option("--browser/--no-browser", default=None, help="Open a browser (default: when a person is looking).")
def demo(port: int, folder: Path, moment: str | None, *, keep: bool, browser: bool | None) -> None:
    """Load the demonstration world and serve it: one integrator, six customers, eight suppliers and their story."""
    _require_free(HOST, port)
    try:
        networks, ports = calendar_networks_from(os.environ), calendar_ports_from(os.environ)
        mail = mail_from(os.environ)
    except WrongSettingError as wrong:
        raise click.ClickException(str(wrong)) from wrong
    now = int(time.time())
    told_at = _moment(moment, now)
    database = _demo_database(folder, told_at, keep=keep)
    address = f"http://{HOST}:{port}"
    settings = Settings(
        database_url=str(database.engine.url),
        secret_key=secrets.token_urlsafe(32),
        public_url=address,
        is_demo=True,
        clock_shift=told_at - now,
        calendar_networks=networks,
        calendar_ports=ports,
        mail=mail,
    )
    app = create_app(settings, database)
    _introduce(database, told_at, address)
    if browser if browser is not None else sys.stdout.isatty():
        Timer(1, webbrowser.open, [address]).start()
    Thread(target=Worker.of(settings, database).until, args=(Event(),), daemon=True).start()
    try:
        _serve(app, HOST, port)
    except KeyboardInterrupt:
        sys.exit(130)


def _serve(app: Flask, host: str, port: int) -> None:
    """Many slow connections must not keep the others waiting: more of them than waitress allows by default."""
    settle()
    waitress.serve(app, host=host, port=port, threads=8, connection_limit=1000, channel_timeout=30, ident="")


def _moment(asked: str | None, now: Instant) -> Instant:
    """Now, the story's own time, or a given local time in Amsterdam."""
    world = read_demo_world()
    if asked is None:
        return now
    if asked == "story":
        return world.now
    try:
        return instant_of(datetime.fromisoformat(asked).astimezone())
    except ValueError as wrong:
        raise click.BadParameter("Write --as-of alone, or a moment such as 2026-11-22T20:00.") from wrong


def _demo_database(folder: Path, now: Instant, *, keep: bool) -> Database:
    folder.mkdir(parents=True, exist_ok=True)
    file = (folder / DEMO_FILE).resolve()
    is_there = keep and file.exists()
    if not is_there:
        for leftover in folder.glob(f"{DEMO_FILE}*"):
            leftover.unlink()
    database = open_database(f"sqlite:///{file}")
    upgrade(database)
    if not is_there:
        _load(database, now)
    return database


def _load(database: Database, now: Instant) -> None:
    world = read_demo_world()
    columns = (TextColumn("Loading the demonstration"), BarColumn(), MofNCompleteColumn(), TextColumn("{task.fields[part]}"))
    with Progress(*columns, console=Console(stderr=True)) as shown:
        task = shown.add_task("load", total=steps_of(world), part="")
        load_demo(database, world, now, lambda part, steps: shown.update(task, advance=steps, part=part))


def _introduce(database: Database, now: Instant, address: str) -> None:
    with database.reading(SYSTEM, now) as work:
        known = people.actors(work)
    print("Sign in as one of these people; nobody has a password.")
    for one in known:
        print(f"  {one.id:24} {one.name}")
    print(f"Ober is ready: {address}  (Ctrl-C stops it)", flush=True)


def _require_free(host: str, port: int) -> None:
    """Say so before anything else is done when the port is taken."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as problem:
            why = "is taken by another program" if problem.errno == errno.EADDRINUSE else f"cannot be used ({problem.strerror})"
            raise click.ClickException(f"Port {port} on {host} {why}. Choose another with --port.") from problem
