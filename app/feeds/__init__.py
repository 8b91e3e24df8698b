"""The door of a calendar app: feeds at secret addresses."""
