"""The verbs: one function is one thing somebody does, in one transaction, in one shape.

Right, load, think, save, trail. Whoever calls gives a `Work` that is already open for writing.
"""
