"""The tables. Moments are seconds UTC since 1970 in columns named `…_at`; days are dates; wall clocks are text."""

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class Plain(TypeDecorator[str]):
    """Text without NUL, which PostgreSQL cannot hold: asked for, it matches nothing; kept, it is shown as what it was not."""

    impl = String
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002 - SQLAlchemy names it
        return value.replace("\0", "\ufffd") if value else value


class PlainText(Plain):
    """The same, of any length."""

    impl = Text
    cache_ok = True


ID = Plain(80)
NAME = Plain(200)
LONG = PlainText()
SERIAL = BigInteger().with_variant(Integer, "sqlite")

turnstile = Table(
    "turnstile",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("version", BigInteger, nullable=False),
)

party = Table(
    "party",
    metadata,
    Column("id", ID, primary_key=True),
    Column("kind", String(20), nullable=False),
    Column("name", NAME, nullable=False),
    Column("sector", NAME, nullable=False),
    Column("shares_names", Boolean, nullable=False),
)

person = Table(
    "person",
    metadata,
    Column("id", ID, primary_key=True),
    Column("party_id", ForeignKey("party.id"), nullable=False),
    Column("name_nl", NAME, nullable=False),
    Column("name_en", NAME, nullable=False),
    Column("password_hash", String(200)),
    Column("language", String(2), nullable=False),
    Column("zone", String(64), nullable=False),
    Column("disabled_at", BigInteger),
)

person_role = Table(
    "person_role",
    metadata,
    Column("person_id", ForeignKey("person.id"), primary_key=True),
    Column("role", String(20), primary_key=True),
)

session = Table(
    "session",
    metadata,
    Column("secret_hash", String(64), primary_key=True),
    Column("person_id", ForeignKey("person.id"), nullable=False),
    Column("created_at", BigInteger, nullable=False),
    Column("seen_at", BigInteger, nullable=False),
)

sign_in_failure = Table(
    "sign_in_failure",
    metadata,
    Column("name", ID, primary_key=True),
    Column("failures", Integer, nullable=False),
    Column("last_at", BigInteger, nullable=False),
)

service = Table(
    "service",
    metadata,
    Column("id", ID, primary_key=True),
    Column("supplier_id", ForeignKey("party.id"), nullable=False),
    Column("name_nl", NAME, nullable=False),
    Column("name_en", NAME, nullable=False),
)

service_use = Table(
    "service_use",
    metadata,
    Column("customer_id", ForeignKey("party.id"), primary_key=True),
    Column("service_id", ForeignKey("service.id"), primary_key=True),
    Index(None, "service_id"),
)

requirement = Table(
    "requirement",
    metadata,
    Column("id", SERIAL, primary_key=True),
    Column("service_id", ForeignKey("service.id"), nullable=False, index=True),
    Column("minimum", Integer, nullable=False),
    CheckConstraint("minimum >= 1", name="minimum_positive"),
    sqlite_autoincrement=True,
)

requirement_member = Table(
    "requirement_member",
    metadata,
    Column("requirement_id", ForeignKey("requirement.id"), primary_key=True),
    Column("service_id", ForeignKey("service.id"), primary_key=True),
    Index(None, "service_id"),
)

expert = Table(
    "expert",
    metadata,
    Column("id", ID, primary_key=True),
    Column("supplier_id", ForeignKey("party.id"), nullable=False),
    Column("name_nl", NAME, nullable=False),
    Column("name_en", NAME, nullable=False),
)

expert_service = Table(
    "expert_service",
    metadata,
    Column("expert_id", ForeignKey("expert.id"), primary_key=True),
    Column("service_id", ForeignKey("service.id"), primary_key=True),
)

absence = Table(
    "absence",
    metadata,
    Column("id", SERIAL, primary_key=True),
    Column("expert_id", ForeignKey("expert.id"), nullable=False, index=True),
    Column("start_at", BigInteger, nullable=False),
    Column("end_at", BigInteger, nullable=False),
    Column("reason", LONG, nullable=False),
    sqlite_autoincrement=True,
)

peak = Table(
    "peak",
    metadata,
    Column("id", ID, primary_key=True),
    Column("customer_id", ForeignKey("party.id"), nullable=False, index=True),
    Column("name_nl", NAME, nullable=False),
    Column("name_en", NAME, nullable=False),
    Column("consequence", LONG, nullable=False),
    Column("definition", LONG, nullable=False),  # the written form, as JSON text: read once per text, see peaks.py
    Column("version", Integer, nullable=False),
    Column("created_at", BigInteger, nullable=False),
    Column("changed_at", BigInteger, nullable=False),
    Column("removed_at", BigInteger),
    Column("expanded_from_at", BigInteger, nullable=False),
    Column("expanded_until_at", BigInteger, nullable=False),
)

occurrence = Table(
    "occurrence",
    metadata,
    Column("id", SERIAL, primary_key=True),
    Column("peak_id", ForeignKey("peak.id"), nullable=False, index=True),
    Column("customer_id", ForeignKey("party.id"), nullable=False),
    Column("anchor", Date, nullable=False),
    Column("first_day", Date, nullable=False),
    Column("last_day", Date, nullable=False),
    Column("start_at", BigInteger, nullable=False),
    Column("end_at", BigInteger, nullable=False),
    Index(None, "customer_id", "start_at"),
)

calendar_version = Table(
    "calendar_version",
    metadata,
    Column("name", ID, primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("customer_id", ForeignKey("party.id"), index=True),  # none: a national calendar, corrected
    Column("base", ID, nullable=False),
    Column("title", NAME, nullable=False),
    Column("source", LONG, nullable=False),
    Column("days", LONG, nullable=False),  # as JSON text: read once per text, see calendars.py
    Column("reason", LONG, nullable=False),
    Column("made_at", BigInteger, nullable=False),
    Column("made_by", ForeignKey("person.id")),  # none: the system
    CheckConstraint("number >= 1", name="number_positive"),
)

peaks_confirmed = Table(
    "peaks_confirmed",
    metadata,
    Column("id", SERIAL, primary_key=True),
    Column("party_id", ForeignKey("party.id"), nullable=False, index=True),
    Column("person_id", ForeignKey("person.id"), nullable=False),
    Column("at", BigInteger, nullable=False),
    sqlite_autoincrement=True,
)

peak_exception = Table(
    "peak_exception",
    metadata,
    Column("id", SERIAL, primary_key=True),
    Column("peak_id", ForeignKey("peak.id"), nullable=False, index=True),
    Column("first_day", Date, nullable=False),  # the anchor that was taken out or moved, or the first suspended day
    Column("moved_to", Date),
    Column("suspended_until", Date),
    Column("reason", LONG, nullable=False),
    Column("person_id", ForeignKey("person.id"), nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("put_back_at", BigInteger),
    CheckConstraint("moved_to IS NULL OR suspended_until IS NULL", name="one_kind"),
    sqlite_autoincrement=True,
)

maintenance_window = Table(
    "maintenance_window",
    metadata,
    Column("id", ID, primary_key=True),
    Column("supplier_id", ForeignKey("party.id"), nullable=False, index=True),
    Column("title_nl", NAME, nullable=False),
    Column("title_en", NAME, nullable=False),
    Column("business_text", LONG, nullable=False),
    Column("rollback_plan", LONG, nullable=False),
    Column("type", String(20), nullable=False),
    Column("impact", String(20), nullable=False),
    Column("zone", String(64), nullable=False),
    Column("start_wall", String(19), nullable=False),
    Column("end_wall", String(19), nullable=False),
    Column("start_fold", Integer),
    Column("end_fold", Integer),
    Column("rollback_minutes", Integer, nullable=False),
    Column("rrule", String(500)),
    Column("exdates", JSON, nullable=False),
    Column("rdates", JSON, nullable=False),
    Column("dropped", JSON, nullable=False),  # [key, start, end, when it was dropped]
    Column("state", String(20), nullable=False),
    Column("start_at", BigInteger, nullable=False),
    Column("end_at", BigInteger, nullable=False),  # of the last exposure: rollback reserve included
    Column("sequence", Integer, nullable=False),
    Column("published", Boolean, nullable=False),
    Column("version", Integer, nullable=False),
    Column("approved_verdict", String(20)),
    Column("acknowledgement", LONG, nullable=False),
    Column("created_by", ForeignKey("person.id"), nullable=False),
    Column("submitted_by", ForeignKey("person.id")),
    Column("decided_by", ForeignKey("person.id")),
    Column("decision_reason", LONG, nullable=False),
    Column("created_at", BigInteger, nullable=False),
    Column("changed_at", BigInteger, nullable=False),
    Index(None, "state", "end_at"),
    Index(None, "start_at"),
    CheckConstraint("end_at > start_at", name="ends_after_start"),
    CheckConstraint("rollback_minutes >= 0", name="rollback_not_negative"),
)

window_service = Table(
    "window_service",
    metadata,
    Column("window_id", ForeignKey("maintenance_window.id"), primary_key=True),
    Column("service_id", ForeignKey("service.id"), primary_key=True),
    Index(None, "service_id"),
)

window_customer = Table(
    "window_customer",
    metadata,
    Column("window_id", ForeignKey("maintenance_window.id"), primary_key=True),
    Column("customer_id", ForeignKey("party.id"), primary_key=True),
    Index(None, "customer_id"),
)

waiver = Table(
    "waiver",
    metadata,
    Column("window_id", ForeignKey("maintenance_window.id"), primary_key=True),
    Column("peak_id", ForeignKey("peak.id"), primary_key=True),
    Column("anchor", Date, primary_key=True),
    Column("customer_id", ForeignKey("party.id"), nullable=False),
    Column("status", String(20), nullable=False),
    Column("note", LONG, nullable=False),
)

receipt = Table(
    "receipt",
    metadata,
    Column("id", SERIAL, primary_key=True),
    Column("window_id", ForeignKey("maintenance_window.id"), nullable=False, index=True),
    Column("made_at", BigInteger, nullable=False),
    Column("made_by", ForeignKey("person.id")),  # none: the system
    Column("cause", String(40), nullable=False),
    Column("verdict", String(20), nullable=False),
    Column("result", JSON, nullable=False),
    Column("calendars", JSON(none_as_null=True)),  # by name: the version that was seen; none: from before they were named
    sqlite_autoincrement=True,
)

trail = Table(
    "trail",
    metadata,
    Column("id", SERIAL, primary_key=True),
    Column("at", BigInteger, nullable=False),
    Column("person_id", ForeignKey("person.id")),  # none: the system
    Column("party_id", ForeignKey("party.id")),
    Column("action", String(60), nullable=False),
    Column("subject", String(20), nullable=False),
    Column("subject_id", ID, nullable=False),
    Column("reason", LONG, nullable=False),
    Column("facts", JSON, nullable=False),
    Index(None, "subject", "subject_id"),
    sqlite_autoincrement=True,
)

feed = Table(
    "feed",
    metadata,
    Column("id", SERIAL, primary_key=True),
    Column("secret_hash", String(64), nullable=False),
    Column("kind", String(40), nullable=False),
    Column("person_id", ForeignKey("person.id"), nullable=False, index=True),
    Column("label", NAME, nullable=False),
    Column("created_at", BigInteger, nullable=False),
    Column("revoked_at", BigInteger),
    Column("fetched_at", BigInteger),
    UniqueConstraint("secret_hash"),
    sqlite_autoincrement=True,
)

subscription = Table(
    "subscription",
    metadata,
    Column("id", SERIAL, primary_key=True),
    Column("customer_id", ForeignKey("party.id"), nullable=False, index=True),
    Column("peak_id", ForeignKey("peak.id"), nullable=False),
    Column("sealed_address", LONG, nullable=False),  # see adapters/sealing.py
    Column("host", NAME, nullable=False),
    Column("etag", String(200), nullable=False),
    Column("last_modified", String(200), nullable=False),
    Column("tried_at", BigInteger),
    Column("good_at", BigInteger),
    Column("failures", Integer, nullable=False),
    Column("trouble", String(20)),
    Column("troubled_at", BigInteger),
    Column("next_at", BigInteger, nullable=False),
    Column("lease", String(40)),
    Column("leased_until_at", BigInteger),
    Column("copy", LargeBinary),  # the last good one, as it came
    Column("copy_sha256", String(64)),
    Column("skipped", JSON, nullable=False),  # [reason, title, part], of what was read last
    Column("held_copy", LargeBinary),
    Column("held_entries", JSON, nullable=False),  # [start, end, uid, recurrence id, summary, all day]
    Column("held_at", BigInteger),
    Column("held_gone", Integer, nullable=False),
    Column("held_ahead", Integer, nullable=False),
    Column("refused_sha256", String(64)),  # of the entries that the customer did not want
    Column("version", Integer, nullable=False),
    Column("created_at", BigInteger, nullable=False),
    Column("stopped_at", BigInteger),
    UniqueConstraint("peak_id"),
    Index(None, "next_at"),
    sqlite_autoincrement=True,
)
