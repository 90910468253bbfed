"""HTML mail as text: what a reader sees, line by line."""

from __future__ import annotations

import re
from html import unescape

from selectolax.lexbor import LexborHTMLParser

from parsers.text_bounds import in_shape

_DROPPED = "script, style, head, title, template, noscript"
_BLOCK = "p|div|br|tr|li|h[1-6]|table|blockquote|hr|ul|ol|section|article|header|footer|pre"
MAX_DEPTH = 1000
_QUOTE_MARK = "<p>&gt; kutipan</p>"
_QUOTED = ".gmail_attr, .yahoo_quoted, #divRplyFwdMsg, #appendonsend, #mail-editor-reference-message-container"
_WITH_QUOTES = ".gmail_quote, .gmail_extra"
_UNSAID = 's, strike, del, [style*="line-through"], [style*="display:none"], [style*="display: none"]'
"""What its author struck out, or nobody sees."""


def html_to_text(html: str) -> str:
    """The visible text. Cells of a table row stay on one line, separated by a tab."""
    if not html.strip():
        return ""
    if _too_deep(html):
        return _markup_to_text(html)
    tree = LexborHTMLParser(html)
    for node in tree.css(_DROPPED):
        node.decompose()
    body = tree.body
    return _markup_to_text((body.html if body is not None else tree.html) or "")


def reply_markup(html: str) -> str:
    """The HTML without what mail clients mark as quoted. Where such a mark opens the quote, all after it goes too."""
    cut = re.split(
        r"""<hr[^<>]{1,300}id=["']?zwchr|<div[^<>]{1,300}id=["']?(?:divRplyFwdMsg|appendonsend)""", html, maxsplit=1
    )[0]
    if _too_deep(cut):
        return cut
    tree = LexborHTMLParser(cut)
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


def _too_deep(html: str) -> bool:
    """Whether elements nest as in no mail: a tree of them takes minutes to walk."""
    depth = deepest = 0
    for match in re.finditer(r"<(/?)(?:div|span|blockquote|font|b|i|u|a|p|table|section|center|ul|ol)\b", html, re.I):
        depth += -1 if match[1] else 1
        depth, deepest = max(depth, 0), max(deepest, depth)
    return deepest > MAX_DEPTH


def _markup_to_text(markup: str) -> str:
    text = re.sub(r"[\r\n\t ]+", " ", markup)
    text = re.sub(r"</t[dh]\s*>", "\t", text, flags=re.IGNORECASE)
    # Never over the next "<": in a text that is nothing but them each would be searched from to the end.
    text = re.sub(rf"</?(?:{_BLOCK})\b[^<>]*>", "\n", text, flags=re.IGNORECASE)
    text = unescape(re.sub(r"<[^<>]*>", "", text)).replace("\xa0", " ")
    lines = [re.sub(r" +", " ", line).strip(" ") for line in text.split("\n")]
    return in_shape(re.sub(r"\n{3,}", "\n\n", "\n".join(line.rstrip("\t") for line in lines)).strip())
