"""Reads a page the way a visitor, and the software that reads it aloud, would; and says what is wrong with it."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from html.parser import HTMLParser

EMPTY = frozenset(["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"])
CLOSED_BY_ITSELF = {"option": {"option"}, "li": {"li"}, "dt": {"dt", "dd"}, "dd": {"dt", "dd"}}
FILLED_IN = ("input", "select", "textarea")
NOT_FILLED_IN = frozenset({"hidden", "submit", "button"})
POINTERS = ("for", "aria-describedby", "aria-labelledby", "list")
LISTS = re.compile(r"(<datalist\b[^>]*>).*?(</datalist>)", re.DOTALL)
UNFILLED = re.compile(r"\{\w*\}|%\(\w+\)s")


@dataclass(eq=False)
class Element:
    """One element with what is in it."""

    tag: str
    attributes: dict[str, str]
    parent: "Element | None" = None
    inside: "list[Element | str]" = field(default_factory=list)

    @property
    def text(self) -> str:
        """What is written in it, with blanks as one sees them."""
        return " ".join("".join(self._pieces()).split())

    @property
    def raw(self) -> str:
        return "".join(self._pieces())

    def _pieces(self) -> Iterator[str]:
        for one in self.inside:
            yield from [one] if isinstance(one, str) else one._pieces()

    def all(self, *tags: str, **attributes: str | None) -> "list[Element]":
        """Elements within, of one of these tags, with these attributes (`class_` holds a class; None: has it at all)."""
        found = [one for one in self.within if one.tag in tags] if tags else self.within
        wanted = _as_written(attributes)
        return [one for one in found if one._has(wanted)] if wanted else list(found)

    def one(self, *tags: str, **attributes: str | None) -> "Element":
        found = self.all(*tags, **attributes)
        assert len(found) == 1, f"expected one {tags} {attributes}, found {len(found)}"
        return found[0]

    def has(self, **attributes: str | None) -> bool:
        return self._has(_as_written(attributes))

    def _has(self, wanted: list[tuple[str, str | None]]) -> bool:
        for name, value in wanted:
            known = self.attributes.get(name)
            if known is None or (value is not None and value not in (known.split() if name == "class" else [known])):
                return False
        return True

    @cached_property
    def within(self) -> "list[Element]":
        """All elements in it, in the order of the page; it was read whole before anybody asks."""
        return [deeper for one in self.inside if isinstance(one, Element) for deeper in (one, *one.within)]

    def above(self, tag: str) -> "Element | None":
        at = self.parent
        while at is not None and at.tag != tag:
            at = at.parent
        return at


def _as_written(attributes: dict[str, str | None]) -> list[tuple[str, str | None]]:
    return [(name.rstrip("_").replace("_", "-"), value) for name, value in attributes.items()]


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = self.at = Element("", {})

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self.at.tag in CLOSED_BY_ITSELF.get(tag, ()) and self.at.parent:
            self.at = self.at.parent
        element = Element(tag, {name: value or "" for name, value in attrs}, self.at)
        self.at.inside.append(element)
        if tag not in EMPTY:
            self.at = element

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.at.inside.append(Element(tag, {name: value or "" for name, value in attrs}, self.at))

    def handle_endtag(self, tag: str) -> None:
        at: Element | None = self.at
        while at is not None and at.tag != tag:
            at = at.parent
        if at is not None and at.parent is not None:
            self.at = at.parent

    def handle_data(self, data: str) -> None:
        self.at.inside.append(data)


def read(html: str) -> Element:
    """The page as a tree; its root has no tag. A list of all time zones is read as an empty list: it is the same everywhere."""
    reader = _Reader()
    reader.feed(LISTS.sub(r"\1\2", html))
    reader.close()
    return reader.root


def complaints(page: Element, language: str) -> list[str]:
    """What is wrong with a whole page."""
    return [*_frame(page, language), *piece_complaints(page)]


def piece_complaints(piece: Element) -> list[str]:
    """What is wrong with a piece of a page."""
    return [*_labels(piece), *_ids(piece), *_inline(piece), *_tokens(piece)]


def unfilled(piece: Element) -> list[str]:
    """Facts that a text was to be given and was not; only where nobody typed braces himself."""
    return list(_words(piece))


def _frame(page: Element, language: str) -> Iterator[str]:
    heads = page.all("h1")
    if len(heads) != 1 or not heads[0].text:
        yield f"a page has one h1 with words in it; this has {[one.text for one in heads]}"
    titles = [one.text for one in page.all("title") if one.above("svg") is None]
    if len(titles) != 1 or not titles[0].removesuffix("· Ober").strip():
        yield f"a page has one title that says what it is; this has {titles}"
    found = [one.attributes.get("lang") for one in page.all("html")]
    if found != [language]:
        yield f"a page says its language, here {language}; this says {found}"
    if len(page.all("main")) != 1:
        yield "a page has one main part"
    skip = next(iter(page.all("a")), None)
    if skip is None or not skip.attributes.get("href", "").startswith("#"):
        yield "the first link of a page skips to its content"


def _labels(piece: Element) -> Iterator[str]:
    named = {one.attributes["for"] for one in piece.all("label", for_=None) if one.text}
    for one in piece.all(*FILLED_IN):
        if one.attributes.get("type") in NOT_FILLED_IN:
            continue
        label = one.above("label")
        if not (one.attributes.get("id") in named or (label and label.text) or one.attributes.get("aria-label")):
            yield f"every field has a label; this has none: <{one.tag} {one.attributes}>"
    for one in piece.all("button", "a"):
        if not (one.text or one.attributes.get("aria-label")):
            yield f"a button or link says what it does; this does not: <{one.tag} {one.attributes}>"
    for one in piece.all("img"):
        if "alt" not in one.attributes:
            yield f"an image says what it shows, or that it shows nothing: {one.attributes}"
    for one in piece.all("fieldset"):
        if not [legend for legend in one.all("legend") if legend.text]:
            yield f"a group of fields has a legend: {one.attributes}"


def _ids(piece: Element) -> Iterator[str]:
    counted = Counter(one.attributes["id"] for one in piece.all(id=None))
    for known, count in counted.items():
        if count > 1:
            yield f"an id is used once on a page; {known!r} is used {count} times"
        if not known or re.search(r"\s", known):
            yield f"an id has no blanks: {known!r}"
    for name in POINTERS:
        for one in piece.all(**{name: None}):
            for target in one.attributes[name].split():
                if target not in counted:
                    yield f"{name} points at {target!r}, which is not on the page"
    for one in piece.all("a", href=None):
        target = one.attributes["href"]
        if target.startswith("#") and target[1:] not in counted:
            yield f"a link goes to {target!r}, which is not on the page"


def _inline(piece: Element) -> Iterator[str]:
    for one in piece.all():
        for name, value in one.attributes.items():
            if name == "style" or name.startswith("on") or value.strip().lower().startswith("javascript:"):
                yield f"nothing inline that the content policy forbids: {name}={value!r} on <{one.tag}>"
        if one.tag == "style" or (one.tag == "script" and (one.text or "src" not in one.attributes)):
            yield f"no inline <{one.tag}>"


def _words(piece: Element) -> Iterator[str]:
    typed = {id(one) for one in piece.all("textarea", "code", "option")}
    for one in piece.all():
        own = "".join(part for part in one.inside if isinstance(part, str))
        if id(one) not in typed and (found := UNFILLED.search(own)):
            yield f"a fact was not filled in: {found[0]!r} in {own.strip()[:80]!r}"


def _tokens(piece: Element) -> Iterator[str]:
    for one in piece.all("form", method="post"):
        if not one.all("input", name="csrf_token"):
            yield f"a form that changes something carries its token: {one.attributes}"


Values = dict[str, list[str]]


def filled_in(form: Element) -> Values:
    """What a browser would send of a form that nobody touched."""
    values: Values = {}
    for one in form.all(*FILLED_IN):
        name, kind = one.attributes.get("name"), one.attributes.get("type", "text")
        if not name or "disabled" in one.attributes or kind in {"submit", "button"}:
            continue
        if kind in {"checkbox", "radio"}:
            if "checked" in one.attributes:
                values.setdefault(name, []).append(one.attributes.get("value", "on"))
        else:
            values.setdefault(name, []).append(_value(one))
    return values


def _value(one: Element) -> str:
    if one.tag == "textarea":
        return one.raw.removeprefix("\n").replace("\r\n", "\n").replace("\n", "\r\n")
    if one.tag == "select":
        options = one.all("option")
        chosen = [option for option in options if "selected" in option.attributes] or options[:1]
        return chosen[0].attributes.get("value", chosen[0].text) if chosen else ""
    return one.attributes.get("value", "")
