"""How is a secret kept that has to be read again? Sealed with a key that is not in the database.

A subscription's address is a secret itself: whoever has it reads the customer's calendar. It cannot be kept as a hash,
because it is fetched again and again. So it is sealed (Fernet: AES-128-CBC and HMAC-SHA-256) with a key made from
OBER_SECRET_KEY, which the database and its backups do not hold. With another OBER_SECRET_KEY sealed texts are lost.
"""

from base64 import urlsafe_b64encode

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF


class Seal:
    """Seals and opens texts for one purpose."""

    def __init__(self, secret_key: str, purpose: str) -> None:
        key = HKDF(SHA256(), 32, salt=None, info=purpose.encode()).derive(secret_key.encode())
        self._fernet = Fernet(urlsafe_b64encode(key))

    def close(self, text: str) -> str:
        return self._fernet.encrypt(text.encode()).decode()

    def open(self, sealed: str) -> str | None:
        """The text, or None when it was sealed with another secret."""
        try:
            return self._fernet.decrypt(sealed.encode()).decode()
        except InvalidToken:
            return None


def address_seal(secret_key: str) -> Seal:
    """The seal of subscriptions' addresses."""
    return Seal(secret_key, "ober subscription address")


def webhook_seal(secret_key: str) -> Seal:
    """The seal of webhooks' addresses and of the secrets they are signed with."""
    return Seal(secret_key, "ober webhook")
