"""Takes a Logs Insights query apart into tokens."""

from __future__ import annotations

import re

from .insights_nodes import Constant, Node, QueryError, Regex

_TOKEN = re.compile(
    r"""\s*(?:\#[^\n]*(?:\n|$)\s*)*(?:(?P<duration>\d+(?:ms|mo|[smhdwqy])\b)|(?P<number>\d+(?:\.\d+)?)"""
    r"""|(?P<text>'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")|(?P<name>[@A-Za-z_][\w.@]*|`[^`]+`)"""
    r"""|(?P<sign>!=|<=|>=|=~|[-+*/%^=<>(),|\[\]]))"""
)
_REGEX = re.compile(r"\s*/((?:[^/\\]|\\.)*)/(i?)")


class Tokens:
    """The tokens of a query, one by one: whether `/` divides or begins an expression depends on where it stands."""

    def __init__(self, query: str) -> None:
        self.query = query.rstrip()
        self.position = 0
        self.kind, self.text, self.end = "", "", 0
        self.look()

    def look(self) -> None:
        """Read the next token into `kind` and `text`; both are empty at the end. Raises QueryError."""
        match = _TOKEN.match(self.query, self.position)
        if match:
            self.kind = str(match.lastgroup)
            self.text, self.end = match[self.kind], match.end()
        elif self.query[self.position :].strip() and not self.query[self.position :].lstrip().startswith("#"):
            raise QueryError(f"The query cannot be understood at: {self.query[self.position :].strip()}")
        else:
            self.kind, self.text, self.end = "", "", len(self.query)

    def take(self, kind: str, text: str | None = None) -> str | None:
        """Go past the next token when it is of this kind (and text)."""
        found = self.text
        if self.kind != kind or (text is not None and found.lower() != text):
            return None
        self.position = self.end
        self.look()
        return found

    def error(self) -> QueryError:
        """Why the query cannot be understood where it has been read to."""
        rest = self.query[self.position :].strip() or "its end"
        return QueryError(f"The query cannot be understood at: {rest}")

    def need(self, kind: str, text: str | None = None) -> str:
        """Like `take`. Raises QueryError."""
        found = self.take(kind, text)
        if found is None:
            raise self.error()
        return found

    def pattern(self) -> Node:
        """Go past a regular expression or a text."""
        if regex := _REGEX.match(self.query, self.position):
            self.position = regex.end()
            self.look()
            return Regex(_regex(re.sub(r"\(\?<(?![=!])", "(?P<", regex[1]), regex[2]))
        return Constant(unquoted(self.need("text")))


def unquoted(text: str) -> str:
    """A text without its quotation marks."""
    return re.sub(r"\\(.)", r"\1", text[1:-1])


def _regex(pattern: str, flags: str) -> re.Pattern[str]:
    try:
        return re.compile(pattern, re.IGNORECASE if flags else 0)
    except re.error as error:
        raise QueryError(f"The regular expression /{pattern}/ cannot be understood: {error}.") from error
