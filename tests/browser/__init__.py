"""Walks through the pages with a real browser."""
