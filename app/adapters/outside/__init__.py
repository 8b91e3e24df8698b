"""Fetching one address that somebody gave, without being led anywhere else."""

from app.adapters.outside.addresses import PUBLIC, Reach, host_of, read_address
from app.adapters.outside.fetching import MOST_BYTES, Answer, Failed, Fetched, Marks, Outside, Unchanged

__all__ = [
    "MOST_BYTES",
    "PUBLIC",
    "Answer",
    "Failed",
    "Fetched",
    "Marks",
    "Outside",
    "Reach",
    "Unchanged",
    "host_of",
    "read_address",
]
