"""What is a new thing called? An id that stays, made from its owner and its name."""

import re
import unicodedata
from collections.abc import Iterator

LONGEST_SLUG = 40
MOST_TRIED = 10_000


def ids_for(owner: str, name: str, otherwise: str) -> Iterator[str]:
    """`ZONNEKROON:mothers-day`, then the same with a number, until one was never given out."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower().replace("'", "")
    slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:LONGEST_SLUG] or otherwise
    yield f"{owner}:{slug}"
    yield from (f"{owner}:{slug}-{number}" for number in range(2, MOST_TRIED))
