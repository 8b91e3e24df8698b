"""Which language, and how is it said there? Translation of fixed texts, and the reader's choice of language."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from babel import Locale, negotiate_locale
from babel.messages.pofile import read_po

CATALOGUES = Path(__file__).parent


@dataclass(frozen=True)
class Language:
    """A language with its texts. `code` is the HTML language, `locale` Babel's (dates, numbers, plurals)."""

    code: str
    locale: Locale
    texts: dict[str | tuple[str, ...], str | tuple[str, ...]] = field(repr=False, compare=False, hash=False)

    def t(self, text: str, **facts: object) -> str:
        """The text in this language with `{named}` facts filled in."""
        found = self.texts.get(text, text)
        return str(found).format(**facts) if facts else str(found)

    def n(self, one: str, many: str, count: int, **facts: object) -> str:
        """The text for one or for many, with `{count}` and other facts filled in."""
        forms = self.texts.get(one, (one, many))
        form = forms[0 if self.locale.plural_form(count) == "one" else 1]
        return form.format(count=count, **facts)


def _read(code: str) -> dict[str | tuple[str, ...], str | tuple[str, ...]]:
    """Every catalogue of a language, keyed by the English text (of a plural: by its singular)."""
    texts: dict[str | tuple[str, ...], str | tuple[str, ...]] = {}
    for path in sorted((CATALOGUES / code).glob("*.po")):
        with path.open("rb") as file:
            for message in read_po(file, locale=code):
                if message.id and message.string:
                    key = message.id[0] if isinstance(message.id, list | tuple) else message.id
                    texts[key] = message.string if isinstance(message.string, str) else tuple(message.string)
    return texts


ENGLISH = Language("en", Locale("en", "GB"), {})
DUTCH = Language("nl", Locale("nl", "NL"), _read("nl"))
LANGUAGES = {"nl": DUTCH, "en": ENGLISH}


def language(code: str | None) -> Language:
    """The language of that code; English for any other."""
    return LANGUAGES.get(code or "", ENGLISH)


def preferred(accepted: Iterable[str]) -> Language:
    """The first language a browser asks for that is spoken here."""
    return language(negotiate_locale([one[:2].lower() for one in accepted], list(LANGUAGES)))
