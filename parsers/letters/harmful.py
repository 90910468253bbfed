"""Which files do something when they are opened: no official gets one by a mail of ours, and many servers would refuse
the whole mail because of it.
"""

from __future__ import annotations

import re
import zipfile
from io import BytesIO

_RUNS = re.compile(
    r"(?i)\.(?:ade|adp|apk|appx(?:bundle)?|appref-ms|app|application|ba[ts]|bash|cab|chm|cmd|com|cpl|csh|deb|desktop|diag(?:cab|cfg|pkg)|"
    r"dll|dmg|drv|ex_?|exe|gadget|hlp|hta|img|inf|ins|iso|isp|jar|jnlp|jse?|ksh|lib|library-ms|lnk|md[ez]|mjs|ms[cipt]|"
    r"msix(?:bundle)?|nsh|ocx|one|pif|pkg|pl|ps[12](?:xml)?|psm1|py[cw]?|reg|rpm|scf|scr|sct|search-ms|settingcontent-ms|sh|"
    r"sh[bs]|svgz?|swf|sys|theme(?:pack)?|url|vbe?|vbs|vhdx?|vxd|webloc|website|ws[cfh]?|xbap|xll|xsl|xslt)[.\s]*$"
)
"""Programs, scripts, links and images of disks, as mail providers refuse them, and pictures that may hold a script."""
_PROGRAMS = (
    b"MZ",
    b"\x7fELF",
    b"#!",
    b"\xca\xfe\xba\xbe",
    b"\xcf\xfa\xed\xfe",
    b"\xce\xfa\xed\xfe",
    b"L\0\0\0\x01\x14\x02\0",
)
_MOST_NAMES = 5000


def runs(name: str, content: bytes) -> bool:
    """Whether a file is, by its name or its first bytes, something that runs; or an archive that holds one."""
    if _RUNS.search(name) or content.startswith(_PROGRAMS):
        return True
    return content.startswith(b"PK") and any(_RUNS.search(inner) for inner in _inside(content))


def _inside(archive: bytes) -> list[str]:
    """The names in a zip, which a password does not hide; nothing of one that is broken."""
    try:
        with zipfile.ZipFile(BytesIO(archive)) as opened:
            return opened.namelist()[:_MOST_NAMES]
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, EOFError, RuntimeError):
        return []
