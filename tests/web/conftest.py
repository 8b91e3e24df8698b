"""The application on the demonstration world, at the story's own time, and people who visit it."""

from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask

from app.application import create_app
from app.domain.spans import Instant
from app.store.database import Database
from config import Settings
from tests.web.visitor import Visitor

SECRET_KEY = "a secret of more than thirty-two letters"

Building = Callable[..., Flask]
SigningIn = Callable[..., Visitor]


@pytest.fixture(scope="session")
def built() -> dict[str, Flask]:
    """Applications by their settings. They keep nothing themselves, and starting one takes longer than most tests."""
    return {}


@pytest.fixture
def build(story_now: Instant, built: dict[str, Flask]) -> Building:
    """The application on a test's own database, with other settings where asked."""

    def make(database: Database, **settings: object) -> Flask:
        chosen = {"public_url": "http://localhost", "is_demo": True, **settings}
        if repr(chosen) not in built:
            built[repr(chosen)] = create_app(Settings(str(database.engine.url), SECRET_KEY, **chosen), database)
        app = built[repr(chosen)]
        app.extensions["ober"] |= {"database": database, "clock": lambda: story_now}
        return app

    return make


@pytest.fixture
def app(build: Building, demo_database: Database) -> Flask:
    return build(demo_database)


@pytest.fixture
def signed_in(app: Flask) -> SigningIn:
    """Somebody at his pages: `signed_in("krp-cm-1")`, `signed_in("brug-planner", "nl")`."""

    def enter(person: str, language: str = "en") -> Visitor:
        return Visitor(app, language).sign_in(person)

    return enter


@pytest.fixture
def database_file(demo_database: Database) -> Path:
    return Path(str(demo_database.engine.url.database))
