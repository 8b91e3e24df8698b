"""How does a name stand in a sentence? With the article of its place, its remarks between brackets, and a capital in front."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto

from app.phrases.calendars import ListStyle
from app.phrases.language import Language


class Article(Enum):
    """What a name takes when it stands within a sentence."""

    NONE = auto()
    """`27 April`"""
    THE = auto()
    """Once a year: `the second Sunday of May`"""
    OFTEN = auto()
    """More often: `the last day of every month`, `the next last day of the month`"""
    EVERY = auto()
    """`every Sunday`, `the next Sunday`, `a Sunday`"""


class Place(Enum):
    """Where in the sentence a name stands."""

    ALONE = auto()
    """It is the sentence: `second Sunday of May`"""
    EACH = auto()
    """Something is told from it: `the day after ...`, `from ...`"""
    NEXT = auto()
    """A period ends with it: `to ...`"""
    SAME = auto()
    """A date is compared with it: `when that is ...`"""

    @property
    def style(self) -> ListStyle:
        return "standard" if self in (Place.ALONE, Place.EACH) else "or"


@dataclass(frozen=True)
class Name:
    """`is_relative`: told from another day, so that "before" alone would not say before which of the two."""

    text: str
    article: Article
    remarks: tuple[str, ...] = ()
    is_relative: bool = False

    def __str__(self) -> str:
        return f"{self.text} ({'; '.join(self.remarks)})" if self.remarks else self.text

    def remarked(self, *remarks: str) -> "Name":
        return replace(self, remarks=(*self.remarks, *(remark for remark in remarks if remark)))


def say_name(language: Language, name: Name, place: Place) -> str:
    """The name with the article of its place."""
    match name.article, place:
        case (Article.NONE, _) | (Article.THE | Article.OFTEN, Place.ALONE):
            return str(name)
        case Article.EVERY, Place.ALONE | Place.EACH:
            return language.t("every {day}", day=name)
        case Article.EVERY | Article.OFTEN, Place.NEXT:
            return language.t("the next {day}", day=name)
        case Article.EVERY, _:
            return language.t("a {day}", day=name)
        case _:
            return language.t("the {day}", day=name)


def joined(separator: str, parts: Sequence[str]) -> str:
    return separator.join(part for part in parts if part)


def capital(text: str) -> str:
    """With a capital: in Dutch a stressed é loses its accent there (één, Eén)."""
    return ("E" if text.startswith("éé") else text[:1].upper()) + text[1:]
