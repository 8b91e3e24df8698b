"""The written form of rules, windows and worlds (text, numbers, lists), read into values and back.

Files, forms, stored rules and answers all pass here, so a thing is spelled the same everywhere. What is written
wrongly is refused with the path of its field.
"""
