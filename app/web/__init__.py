"""The door of a person: server-rendered pages in Dutch and English."""

from app.web.pages import build_pages

__all__ = ["build_pages"]
