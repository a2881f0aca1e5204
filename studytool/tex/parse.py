"""LaTeX source -> tree, in one pass that never fails: what does not fit is read as what it most likely meant."""

from __future__ import annotations

from studytool.tex import symbols
from studytool.tex.letters import ACCENTS
from studytool.tex.tokens import tokens
from studytool.tex.tree import (
    Accent,
    Command,
    Fence,
    Fraction,
    Group,
    Marked,
    Matrix,
    Node,
    Operator,
    Root,
    Script,
    Space,
    Stack,
    Styled,
    Symbol,
    Text,
)

# Beyond this depth braces are read past: no formula that someone can read comes near, and the layouts, which
# recurse over the tree, stay far from Python's limit even when they are called from deep inside an application.
DEPTH = 40

_FRACTIONS = frozenset(("frac", "dfrac", "tfrac", "cfrac", "nicefrac", "sfrac", "flatfrac"))
_BINOMIALS = frozenset(("binom", "dbinom", "tbinom"))
_INFIX = {"over": True, "choose": False, "atop": False}
_LONG_ARROWS = {"xrightarrow": "→", "xleftarrow": "←", "xRightarrow": "⇒", "xleftrightarrow": "↔", "xmapsto": "↦"}
_BRACES = {"underbrace": "⏟", "overbrace": "⏞", "underbracket": "⏟", "overbracket": "⏞"}
_PAIRED = frozenset(("alignat", "alignedat"))
_CENTRED = frozenset(("gather", "gathered", "multline"))
_ROW_ENDS = frozenset(("\\\\", "\\cr", "\\newline", "\\tabularnewline"))
_IN_CELL = _ROW_ENDS | {"&", "\\end"}
_PRIMES = ("", "′", "″", "‴", "⁗")
_NOTHING = Group(())


def parse(source: str) -> Group:
    """The tree of a formula without its dollar signs."""
    return _Parser(tokens(source)).formula()


class _Parser:
    def __init__(self, words: list[str]) -> None:
        self.words = words
        self.at = 0
        self.depth = 0
        self.braces = 0  # opened by a group that is being read
        self.passed = 0  # opened beyond DEPTH, and so not by a group

    def formula(self) -> Group:
        rows: list[tuple[Group, ...]] = []
        while self.at < len(self.words):
            rows.append((Group(self.items(_ROW_ENDS)),))
            self.at += 1
        if len(rows) > 1:
            return Group((Matrix(tuple(rows), "lines"),))
        return rows[0][0] if rows else _NOTHING

    # Moving over the tokens

    def peek(self) -> str:
        """The next token, "" at the end."""
        return self.words[self.at] if self.at < len(self.words) else ""

    def skip_spaces(self) -> str:
        """The next token that is no space, without taking it."""
        while self.peek() == " ":
            self.at += 1
        return self.peek()

    # Rows of nodes

    def items(self, stops: frozenset[str]) -> tuple[Node, ...]:
        """Nodes up to one of `stops`, which is not taken, or up to the end of the group this stands in."""
        found: list[Node] = []
        infix: tuple[tuple[Node, ...], bool] | None = None
        self.depth += 1
        while (word := self.skip_spaces()) and word not in stops:
            if word == "}":
                if self.braces and not self.passed:
                    break
                self.passed = max(self.passed - 1, 0)
                self.at += 1
            elif word in "^_'":
                found.append(self.scripts(found.pop() if found and not isinstance(found[-1], Space) else None))
            elif word[1:] in _INFIX and word[0] == "\\" and infix is None:
                self.at += 1
                infix = (tuple(found), _INFIX[word[1:]])
                found = []
            elif (node := self.atom()) is not None:
                found.append(node)
        self.depth -= 1
        if infix is not None:
            return (Fraction(Group(infix[0]), Group(tuple(found)), infix[1]),)
        return tuple(found)

    def scripts(self, base: Node | None) -> Node:
        """The scripts that start here, on `base`; a second superscript is set beside the first."""
        above: list[Node] = []
        below: list[Node] = []
        primes = 0
        while (mark := self.skip_spaces()) and mark in "^_'":
            self.at += 1
            if mark == "'":
                primes += 1
            else:
                (above if mark == "^" else below).append(self.argument())
        if primes:
            above.insert(0, Symbol(_PRIMES[primes] if primes < len(_PRIMES) else "′" * primes))
        sub, sup = _one(below), _one(above)
        if isinstance(base, Stack) and (base.under is None or base.over is None):
            return Stack(base.base, base.under or sub, base.over or sup, base.brace)
        return Script(base, sub, sup)

    def argument(self) -> Node:
        """What a command or a script applies to: a group, or the next single thing."""
        word = self.skip_spaces()
        if word[:1].isdigit() and len(word) > 1:  # \frac12 is a half
            self.words[self.at] = word[1:]
            return Symbol(word[0])
        if not word or word in "}&^_" or word == "\\\\" or (self.depth >= DEPTH and word[0] in "{\\"):
            return _NOTHING
        self.depth += 1
        found = self.atom()
        self.depth -= 1
        return found or _NOTHING

    def optional(self) -> Node | None:
        """An argument in square brackets, if there is one."""
        if self.skip_spaces() != "[" or self.depth >= DEPTH:
            return None
        self.at += 1
        inside = Group(self.items(frozenset("]")))
        self.at += self.peek() == "]"
        return inside

    def atom(self) -> Node | None:
        """The next thing, taken; None when it has nothing to show. There is a next token and it is not `}`."""
        word = self.words[self.at]
        self.at += 1
        if word == "{":
            return self.group()
        if word[0] == "\\" and len(word) > 1:
            return self.command(word[1:])
        if word in "$&":
            return None
        if word == "~":
            return Space(1)
        if word.startswith("==") and len(word) > 4:
            return Marked(parse(word[2:-2]))
        if word in symbols.LARGE_CHARACTERS:
            return Operator(word, symbols.LARGE_CHARACTERS[word])
        return Symbol(*symbols.CHARACTERS.get(word, (word, "ord")))

    def group(self) -> Node | None:
        """What stands between braces; the opening one is taken."""
        if self.depth >= DEPTH:
            self.passed += 1
            return None
        self.braces += 1
        inside = self.items(frozenset())
        self.braces -= 1
        self.at += 1
        return inside[0] if len(inside) == 1 else Group(inside)

    # Commands

    def command(self, name: str) -> Node | None:
        """A command whose name is taken, with its arguments."""
        if name in symbols.SYMBOLS:
            return Symbol(*symbols.SYMBOLS[name])
        if name in symbols.OPERATORS:
            return Operator(*symbols.OPERATORS[name])
        if "\\" + name in _ROW_ENDS:
            return Symbol(";", "punct")
        if name in symbols.SPACES:
            return Space(symbols.SPACES[name])
        if self.depth >= DEPTH:
            return None if name in symbols.SILENT else Command(name)
        if name == "left":
            return self.fence()
        if name == "begin":
            return self.environment()
        if name == "middle":
            return Symbol(self.delimiter(), "bar", tall=True)
        if name in symbols.SILENT:
            if name == "right":
                self.delimiter()
            return None
        if name in symbols.TEXTS:
            return Group(self.prose())
        return self.with_arguments(name)

    def with_arguments(self, name: str) -> Node | None:
        if name in _FRACTIONS or name in _BINOMIALS:
            top = self.argument()
            return Fraction(top, self.argument(), name in _FRACTIONS)
        if name in ("sqrt", "root"):
            index = self.optional()
            return Root(self.argument(), index)
        if name in ACCENTS:
            return Accent(name, self.argument())
        if name in symbols.STYLES:
            return Styled(symbols.STYLES[name], self.argument())
        if name in _BRACES:
            body = self.argument()
            return Stack(body if isinstance(body, Group) else Group((body,)), brace=_BRACES[name])
        if name in symbols.PLAIN:
            return _upright(self.argument())
        if name in ("overset", "underset", "stackrel"):
            small = self.argument()
            base = self.argument()
            return Stack(base, under=small) if name == "underset" else Stack(base, over=small)
        if name in _LONG_ARROWS:
            under = self.optional()
            return Stack(Symbol(_LONG_ARROWS[name], "rel"), under, self.argument())
        return self.rarely(name)

    def rarely(self, name: str) -> Node | None:
        """The commands that notes seldom have, and those that are not known."""
        if name in ("operatorname", "operatornamewithlimits", "DeclareMathOperator"):
            if limits := self.peek() == "*":
                self.at += 1
            return Operator(_words(self.prose()), limits)
        if name in ("pmod", "bmod", "pod"):
            if name == "bmod":
                return Symbol("mod", "bin")
            inside = Group((Operator("mod"), self.argument()) if name == "pmod" else (self.argument(),))
            return Group((Space(1), Fence("(", inside, ")")))
        if name == "tag":
            return Group((Space(2), Fence("(", Group(self.prose()), ")")))
        if name in ("label", "phantom", "hphantom", "vphantom", "hspace", "vspace", "color", "definecolor", "end"):
            self.argument()
            return Space(1) if name == "hspace" else None
        if name in ("textcolor", "colorbox", "href", "htmlClass", "class", "style", "raisebox"):
            self.argument()
            return self.argument()
        if name == "substack":
            return self.substack()
        if name in ("mathchoice", "genfrac"):
            return Command(name)
        if not name.isalpha():
            return Symbol(name)
        arguments: list[Node] = []
        while self.peek() == "{":
            arguments.append(self.argument())
        return Command(name, tuple(arguments))

    def prose(self) -> tuple[Node, ...]:
        """The argument of `\\text`: words with their spaces, and formulas between dollar signs."""
        if self.skip_spaces() != "{":
            found = self.argument()
            return (Text(found.text),) if isinstance(found, Symbol) else (found,)
        self.at += 1
        self.depth += 1
        parts: list[Node] = []
        words: list[str] = []
        open_braces = 1
        while word := self.peek():
            self.at += 1
            open_braces += (word == "{") - (word == "}")
            if not open_braces:
                break
            if word in "{}":
                continue
            if word == "$" or (word[0] == "\\" and len(word) > 1):
                parts.append(Text("".join(words)))
                words.clear()
                parts.extend(self.in_prose(word))
            else:
                words.append(" " if word == "~" else word)
        self.depth -= 1
        parts.append(Text("".join(words)))
        return tuple(part for part in parts if part != Text(""))

    def in_prose(self, word: str) -> tuple[Node, ...]:
        """A formula or a command in the midst of prose; its first token is taken."""
        if word == "$":
            self.braces += 1
            inside = self.items(frozenset("$"))
            self.braces -= 1
            self.at += self.peek() == "$"
            return (Group(inside),)
        node = self.command(word[1:]) if word != "\\\\" else Space(1)
        return () if node is None else (Text(node.text) if isinstance(node, Symbol) else node,)

    # What has a beginning and an end

    def delimiter(self) -> str:
        """The delimiter after `\\left` or `\\right`, taken; "" for the empty one."""
        word = self.skip_spaces()
        if not word or word in "{}":
            return ""
        self.at += 1
        return symbols.DELIMITERS.get(word, word.removeprefix("\\"))

    def fence(self) -> Node:
        left = self.delimiter()
        body = Group(self.items(frozenset(("\\right",))))
        if self.peek() != "\\right":
            return Fence(left, body, "")
        self.at += 1
        return Fence(left, body, self.delimiter())

    def name_in_braces(self) -> str:
        """The name after `\\begin` or `\\end`, taken with its braces."""
        if self.skip_spaces() != "{":
            return ""
        start = self.at + 1
        while (word := self.peek()) and word != "}":
            self.at += 1
        self.at += word == "}"
        return "".join(self.words[start : self.at - 1]).strip()

    def environment(self) -> Node:
        name = self.name_in_braces().rstrip("*")
        columns = "c" if name in _CENTRED else ""
        if name in ("array", "alignat", "alignedat", "tabular", "gathered", "aligned", "split"):
            self.optional()
            if name in ("array", "alignat", "alignedat", "tabular"):
                columns = self.name_in_braces()
        rows = self.rows(_IN_CELL)
        if self.peek() == "\\end":
            self.at += 1
            self.name_in_braces()
        if name in symbols.ENVIRONMENTS:
            return Matrix(rows, "grid", *symbols.ENVIRONMENTS[name], columns)
        if name in ("cases", "dcases"):
            return Matrix(rows, "cases", "{")
        if name in ("rcases", "drcases"):
            return Matrix(rows, "cases", right="}")
        return Matrix(rows, "grid" if name == "tabular" else "lines", columns="" if name in _PAIRED else columns)

    def substack(self) -> Node:
        if self.skip_spaces() != "{":
            return self.argument()
        self.at += 1
        self.braces += 1
        rows = self.rows(_IN_CELL)
        self.braces -= 1
        self.at += self.peek() == "}"
        return Matrix(rows, "lines", columns="c")

    def rows(self, stops: frozenset[str]) -> tuple[tuple[Group, ...], ...]:
        """Cells between `&` and `\\\\`, up to `\\end` or the end of the group; a row without anything in it goes."""
        rows: list[tuple[Group, ...]] = []
        cells: list[Group] = []
        while True:
            cells.append(Group(self.items(stops)))
            word = self.peek()
            if word == "&":
                self.at += 1
                continue
            if any(cell.items for cell in cells):
                rows.append(tuple(cells))
            cells = []
            if word not in _ROW_ENDS:
                return tuple(rows)
            self.at += 1
            self.row_space()

    def row_space(self) -> None:
        """Past the `[2pt]` that may follow the end of a row."""
        ahead = self.words[self.at : self.at + 6]
        if (
            ahead[:1] == ["["]
            and "]" in ahead
            and "".join(ahead[: ahead.index("]")]).endswith(("pt", "em", "ex", "mm"))
        ):
            self.at += ahead.index("]") + 1


def _one(nodes: list[Node]) -> Node | None:
    """The only node, or all of them as a group."""
    return None if not nodes else nodes[0] if len(nodes) == 1 else Group(tuple(nodes))


def _words(nodes: tuple[Node, ...]) -> str:
    """The text of a name, without what is not text."""
    return "".join(" " * node.width if isinstance(node, Space) else getattr(node, "text", "") for node in nodes).strip()


def _upright(node: Node) -> Node:
    """Letters and digits in a row as one word: ReLU is a name and not a product."""
    items = node.items if isinstance(node, Group) else ()
    letters = "".join(item.text for item in items if isinstance(item, Symbol) and item.text.isalnum())
    return Text(letters) if items and len(letters) == sum(len(getattr(item, "text", " ")) for item in items) else node
