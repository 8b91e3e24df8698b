"""The demonstration: one integrator, six customers, eight suppliers and their story, loaded through the use cases."""
