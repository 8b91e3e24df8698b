"""The part of the worker that delivers: takes messages that are due, sends each by its way, and says what came of it."""

import json
import secrets
import time
import traceback
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from random import random

from app.adapters.invitations import Invitation, Invitations
from app.adapters.mail import Mail, Mailer
from app.adapters.outside import Outside
from app.adapters.sealing import Seal, webhook_seal
from app.adapters.webhooks import signed
from app.domain.access import SYSTEM
from app.domain.delivering import Hitch
from app.domain.messages import Facts, MessageKind
from app.domain.notation.instants import write_instant
from app.domain.spans import Instant
from app.domain.subscriptions import Trouble
from app.phrases.language import language
from app.phrases.messages import Said, say_message
from app.store.database import Database
from app.store.deliveries import Hook, Parcel
from app.usecases import delivering
from config import MailServer, Settings

HITCHES = {
    Trouble.NOT_ALLOWED: Hitch.NOT_ALLOWED,
    Trouble.UNREACHABLE: Hitch.UNREACHABLE,
    Trouble.TIMED_OUT: Hitch.TIMED_OUT,
    Trouble.CLOSED: Hitch.CLOSED,
    Trouble.GONE: Hitch.GONE,
}
"""What is in the way of a webhook, by what is in the way of the address; anything else is an answer that was no."""


@dataclass(frozen=True)
class Postman:
    """Delivers by mail and webhook. `clock` is the application's; a webhook is signed with the time of the world."""

    database: Database
    clock: Callable[[], Instant]
    outside: Outside
    mailer: Mailer | None
    public_url: str
    invitations: Invitations
    hooks: Seal

    @classmethod
    def of(cls, settings: Settings, database: Database, outside: Outside, clock: Callable[[], Instant]) -> "Postman":
        invitations, hooks = Invitations(settings.secret_key), webhook_seal(settings.secret_key)
        return cls(database, clock, outside, _mailer(settings.mail), settings.public_url, invitations, hooks)

    def round(self) -> int:
        """Deliver those that are due, as many as go at once; how many there were."""
        with self.database.reading(SYSTEM, self.clock()) as work:
            if not delivering.is_any_due(work):
                return 0
        with self.database.writing(SYSTEM, self.clock()) as work:
            parcels = delivering.claim_due(work, secrets.token_hex(16))
        with ThreadPoolExecutor(delivering.MOST_AT_ONCE) as pool:
            list(pool.map(self._deliver, parcels))
        return len(parcels)

    def _deliver(self, parcel: Parcel) -> None:
        hitch = self._tried(parcel)
        with self.database.writing(SYSTEM, self.clock()) as work:
            delivering.take_in(work, parcel, hitch, random())  # noqa: S311 - spreads the load, guards nothing
        print(f"Message {parcel.number}: {hitch or 'sent'}", flush=True)

    def _tried(self, parcel: Parcel) -> Hitch | None:
        """None when it arrived. What nobody foresaw in one must not keep the others waiting."""
        if not parcel.is_reading:
            return Hitch.NO_READER
        try:
            facts = self._with_link(parcel)
            said = say_message(language(parcel.language), parcel.zone, parcel.kind, facts, self.public_url)
            return self._by_webhook(parcel, parcel.hook, facts, said) if parcel.hook else self._by_mail(parcel, said)
        except Exception:
            traceback.print_exc()
            return Hitch.FAILING

    def _with_link(self, parcel: Parcel) -> Facts:
        """A mail that asks for a waiver leads where it can be answered without signing in. Nobody else is given that link."""
        if parcel.hook or parcel.kind is not MessageKind.WAIVER_ASKED:
            return parcel.facts
        invitation = Invitation(int(str(parcel.facts["waiver"])), parcel.person)
        return {**parcel.facts, "path": f"/waivers/answer/{self.invitations.write(invitation)}"}

    def _by_mail(self, parcel: Parcel, said: Said) -> Hitch | None:
        if parcel.address is None:
            return Hitch.NO_ADDRESS
        if self.mailer is None:
            return Hitch.NO_SERVER
        return self.mailer.send(Mail(parcel.key, parcel.name, parcel.address, said.subject, said.body, parcel.made_at))

    def _by_webhook(self, parcel: Parcel, hook: Hook, facts: Facts, said: Said) -> Hitch | None:
        if not hook.is_in_use:
            return Hitch.TURNED_OFF
        address, secret = self.hooks.open(hook.sealed_address), self.hooks.open(hook.sealed_secret)
        if address is None or secret is None:
            return Hitch.LOST
        body = webhook_body(parcel.kind, parcel.made_at, facts, said, self.public_url)
        trouble = self.outside.post(address, signed(secret, parcel.key, int(time.time()), body), body)
        return HITCHES.get(trouble, Hitch.FAILING) if trouble else None


def webhook_body(kind: MessageKind, made_at: Instant, facts: Facts, said: Said, public_url: str) -> bytes:
    """The facts as a program reads them, with moments in UTC, and the words as a person does."""
    data = {name: facts[name] for name in facts if name != "path" and not name.endswith("_at")}
    data |= {name.removesuffix("_at"): write_instant(int(str(facts[name]))) for name in facts if name.endswith("_at")}
    data |= {"link": public_url + str(facts["path"])} if "path" in facts else {}
    data |= {"subject": said.subject, "text": said.body}
    return json.dumps({"type": kind, "timestamp": write_instant(made_at), "data": data}, ensure_ascii=False).encode()


def _mailer(server: MailServer | None) -> Mailer | None:
    return Mailer(server.host, server.port, server.tls, server.sender, server.user, server.password) if server else None
