"""A link by which one person answers one request without signing in.

It is signed, not kept: who reads the database cannot make one, and with the answer, or its date, it is of no use any more.
"""

from dataclasses import dataclass
from hashlib import sha256

from itsdangerous import BadData, URLSafeSerializer

LONGEST = 500


@dataclass(frozen=True)
class Invitation:
    """Which waiver, and who may answer for the customer."""

    waiver: int
    person: str


class Invitations:
    """Writes and reads links with the secret key of the installation."""

    def __init__(self, secret_key: str) -> None:
        self._signer = URLSafeSerializer(secret_key, salt="ober.waiver", signer_kwargs={"digest_method": sha256})

    def write(self, invitation: Invitation) -> str:
        return str(self._signer.dumps([invitation.waiver, invitation.person]))

    def read(self, text: str) -> Invitation | None:
        """None for whatever was not written here."""
        if len(text) > LONGEST:
            return None
        try:
            waiver, person = self._signer.loads(text)
            return Invitation(int(waiver), str(person))
        except (BadData, TypeError, ValueError):
            return None
