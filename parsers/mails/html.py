"""HTML mail as text: what a reader sees, line by line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

from selectolax.lexbor import LexborHTMLParser, LexborNode

from parsers.mails.banner import without_banner
from parsers.words.text_bounds import in_shape

_DROPPED = "script, style, head, title, template, noscript"
_BLOCK = "p|div|br|tr|li|h[1-6]|table|blockquote|hr|ul|ol|section|article|header|footer|pre"
_IS_BLOCK = re.compile(_BLOCK)
MAX_DEPTH = 1000
MOST_SEEN = 150_000
"""Characters that are read, as of a text part: what is longer is a log."""
_QUOTE_MARK = "<p>&gt; kutipan</p>"
_QUOTED = ".gmail_attr, .yahoo_quoted, #divRplyFwdMsg, #appendonsend, #mail-editor-reference-message-container"
_QUOTES_BELOW = 'hr[id^="zwchr"], div[id^="divRplyFwdMsg"], div[id^="appendonsend"]'
"""What Zimbra and Outlook draw above a quote that nothing else marks."""
_WITH_QUOTES = ".gmail_quote, .gmail_extra"
_UNSAID = 's, strike, del, [style*="line-through"], [style*="display:none"], [style*="display: none"]'
"""What its author struck out, or nobody sees."""
_OPENS, _CLOSES = "\x01", "\x02"
_BLANKS, _SPACES = re.compile(r"[\r\n\t ]+"), re.compile(r" +")


def html_to_text(html: str, *, quote_marks: bool = False) -> str:
    """The visible text without a gateway's banner. Cells of a table row stay on one line, separated by a tab.

    With `quote_marks` the lines of quotes begin with ">", as in a text part.
    """
    if not html.strip():
        return ""
    if _too_deep(html):
        return without_banner(_markup_to_text(html))
    tree = LexborHTMLParser(html)
    for node in tree.css(_DROPPED):
        node.decompose()
    lines = _lines("".join(_seen(tree.body or tree.root, quote_marks=quote_marks)))
    text = re.sub(r"\n{3,}", "\n\n", "\n".join(_quoted(lines) if quote_marks else lines)).strip()
    return without_banner(in_shape(text))


def reply_markup(html: str) -> str:
    """The HTML without what mail clients mark as quoted. Where such a mark opens the quote, all after it goes too."""
    if _too_deep(html):
        return html
    tree = LexborHTMLParser(html)
    if (below := tree.css_first(_QUOTES_BELOW)) is not None:
        _drop_from(below)
    for node in tree.css(f"{_UNSAID}, {_QUOTED}"):
        node.decompose()
    for node in tree.css(_WITH_QUOTES):  # the author may have answered between the quotes
        if node.tag == "blockquote":
            continue
        if node.css_first("blockquote") is None:
            node.decompose()
            continue
        for child in list(node.iter(include_text=True)):  # whose words follow
            if child.tag == "blockquote" or (child.tag != "-text" and child.css_first("blockquote") is not None):
                break
            child.decompose()
    for node in tree.css("blockquote"):
        if node.parent is not None:  # what is written between and below quotes must stay apart from them
            mark = LexborHTMLParser(_QUOTE_MARK).css_first("p")
            if mark is not None:
                node.replace_with(mark)
    return tree.html or ""


def _drop_from(node: LexborNode) -> None:
    """Take out an element and all that follows it."""
    place: LexborNode | None = node
    while place is not None and place.tag not in ("body", "html"):
        above = place.parent
        while place.next is not None:
            place.next.decompose()
        place = above
    node.decompose()


def _seen(root: LexborNode | None, *, quote_marks: bool) -> Iterator[str]:
    """The text under `root` with line breaks and tabs; comments and markup are none of it."""
    seen = 0
    node, leaving, end = root, False, root.mem_id if root is not None else 0
    while node is not None and seen < MOST_SEEN:
        block = _IS_BLOCK.fullmatch(node.tag or "") is not None
        if node.tag == "-text":
            text = _flat(node)
            seen += len(text)
            yield text
        elif quote_marks and node.tag == "blockquote":
            yield f"\n{_CLOSES if leaving else _OPENS}\n"
        elif block and not (leaving and node.tag in ("br", "hr")):
            yield "\n"
        elif leaving and node.tag in ("td", "th"):
            yield "\t"
        below = None if leaving else node.child
        if below is not None:
            node = below
            continue
        if not leaving and node.tag != "-text":
            leaving = True
            continue
        if node.mem_id == end:
            return
        node, leaving = (node.next, False) if node.next is not None else (node.parent, True)


def _flat(node: LexborNode) -> str:
    """Text as it is shown: what the source breaks is one line, unless it says that its lines are lines."""
    text = (node.text_content or "").replace("\x00", "")
    above = node.parent
    if above is not None and above.tag == "pre":
        return text
    return _BLANKS.sub(" ", text)


def _lines(text: str) -> list[str]:
    text = _SPACES.sub(" ", text.replace("\xa0", " "))
    return [line.strip(" ").rstrip("\t") for line in text.split("\n")]


def _quoted(lines: list[str]) -> Iterator[str]:
    depth = 0
    for line in lines:
        if line in (_OPENS, _CLOSES):
            depth += 1 if line == _OPENS else -1
        else:
            yield f"{'>' * depth} {line}" if depth else line


def marked_text(html: str) -> str:
    """The visible text of a reply, with ">" before each quoted line as a text part has them, without what was struck out."""
    if _too_deep(html):
        return html_to_text(html)
    tree = LexborHTMLParser(html)
    for node in tree.css(_UNSAID):
        node.decompose()
    return html_to_text(tree.html or "", quote_marks=True)


def _too_deep(html: str) -> bool:
    """Whether elements nest as in no mail: a tree of them takes minutes to walk."""
    depth = deepest = 0
    for match in re.finditer(r"<(/?)(?:div|span|blockquote|font|b|i|u|a|p|table|section|center|ul|ol)\b", html, re.I):
        depth += -1 if match[1] else 1
        depth, deepest = max(depth, 0), max(deepest, depth)
    return deepest > MAX_DEPTH


def _markup_to_text(markup: str) -> str:
    first, *others = markup.split("<!--")
    text = _BLANKS.sub(" ", first + "".join(other.partition("-->")[2] for other in others))
    text = re.sub(r"</t[dh]\s*>", "\t", text, flags=re.IGNORECASE)
    # Never over the next "<": in a text that is nothing but them each would be searched from to the end.
    text = re.sub(rf"</?(?:{_BLOCK})\b[^<>]*>", "\n", text, flags=re.IGNORECASE)
    text = unescape(re.sub(r"<[^<>]*>", "", text))
    return in_shape(re.sub(r"\n{3,}", "\n\n", "\n".join(_lines(text))).strip())
