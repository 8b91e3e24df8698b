"""Sentences for people, in Dutch and English, made from kinds and facts. English stands in the code, Dutch in `nl/*.po`."""
