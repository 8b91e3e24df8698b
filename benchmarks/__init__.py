"""How fast is a check, and how does that grow? `python -m benchmarks`; not part of the tests, which never measure time."""
