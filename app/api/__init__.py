"""The door of a program: JSON, with a token that carries somebody's rights."""

from app.api.door import build_api

__all__ = ["build_api"]
