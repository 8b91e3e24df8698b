"""The door of a calendar app."""
