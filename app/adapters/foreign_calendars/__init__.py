"""Calendar files that others made: any .ics to dated entries, with what was skipped and why."""
