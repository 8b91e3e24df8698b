"""Is this a mail address that mail can be sent to?"""

import re

from app.domain.refusal import Refusal

LONGEST_ADDRESS = 254
"""RFC 5321 section 4.5.3.1.3, as corrected (erratum 1690)."""

WORD = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
LABEL = r"[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
ADDRESS = re.compile(rf"(?=.{{1,64}}@){WORD}(\.{WORD})*@{LABEL}(\.{LABEL})*")


def is_mail_address(text: str) -> bool:
    """Plain letters, one @ and a host. Quoted names and other scripts are left out: many servers do not take them."""
    return len(text) <= LONGEST_ADDRESS and ADDRESS.fullmatch(text) is not None


def require_mail_address(address: str) -> None:
    """Nothing, or an address that mail can be sent to (`bad_mail_address`)."""
    if address and not is_mail_address(address):
        raise Refusal("bad_mail_address", "address", most=LONGEST_ADDRESS)
