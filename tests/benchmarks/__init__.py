"""The benchmarks compare what gives the same answer. What they measure is no part of the tests."""
