"""How many examples are made up for a test: always the same ones, and more of them on request."""

from hypothesis import HealthCheck, settings

from tests.long_form import LONG


def examples(number: int, longer: int = 50) -> settings:
    """The same examples in every run; `OBER_LONG_TESTS=1` takes `longer` times as many."""
    slow_is_fine = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]
    most = number * longer if LONG else number
    return settings(max_examples=most, derandomize=True, database=None, deadline=None, suppress_health_check=slow_is_fine)
