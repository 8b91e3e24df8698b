"""How does a receiver know that a message is ours? Signed as in Standard Webhooks (https://www.standardwebhooks.com).

HMAC-SHA-256 over `id.timestamp.body`, in base64. The id stays the same when it is sent again, the timestamp is that of the try.
"""

import hmac
import secrets
from base64 import b64decode, b64encode
from hashlib import sha256

from app.domain.spans import Instant

PREFIX = "whsec_"


def new_secret() -> str:
    return PREFIX + b64encode(secrets.token_bytes(32)).decode()


def signed(secret: str, key: str, at: Instant, body: bytes) -> dict[str, str]:
    """The headers of one try."""
    shared = b64decode(secret.removeprefix(PREFIX))
    found = hmac.new(shared, f"msg_{key}.{at}.".encode() + body, sha256).digest()
    return {
        "webhook-id": f"msg_{key}",
        "webhook-timestamp": str(at),
        "webhook-signature": f"v1,{b64encode(found).decode()}",
    }
