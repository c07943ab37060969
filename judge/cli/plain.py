"""Text of unknown origin, made safe to show: it can neither steer a terminal nor reorder a line."""

import re
import unicodedata

_ESCAPES = re.compile(
    r"\x1b\[[0-?]*[ -/]*[@-~]"  # CSI: colours, cursor
    r"|[\x1b][\]PX^_].*?(?:\x07|\x1b\\|\Z)"  # OSC, DCS, SOS, PM, APC: titles, links, clipboard
    r"|\x1b[ -/]*[0-~]"  # two-character escapes
    r"|\x9b[0-?]*[ -/]*[@-~]",  # CSI as one byte
    re.DOTALL,
)
_KEPT = "\n\t"
_SHOWN_AS = {"Zl": "\n", "Zp": "\n", "Cs": "\ufffd", "Cc": "", "Cf": ""}


def plain(text: str) -> str:
    """Return the text without escape sequences, control characters and invisible format marks.

    Line ends become newlines; lone surrogates, which no terminal can show, become U+FFFD.
    """
    text = _ESCAPES.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    return "".join(map(_shown, text))


def _shown(character: str) -> str:
    if character in _KEPT:
        return character
    return _SHOWN_AS.get(unicodedata.category(character), character)
