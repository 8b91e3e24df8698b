"""The door of a terminal."""
