"""The memory: rows to values and back. Only here are tables known, and here it is enforced who sees what."""
