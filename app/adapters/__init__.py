"""The world outside in its own formats: files that people write, calendars that programs read."""
