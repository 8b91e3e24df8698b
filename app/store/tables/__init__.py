"""The tables. Moments are seconds UTC since 1970 in columns named `…_at`; days are dates; wall clocks are text."""

from app.store.tables.chain import (
    absence,
    agreed_slot,
    agreement,
    expert,
    expert_service,
    requirement,
    requirement_member,
    service,
    service_use,
)
from app.store.tables.columns import metadata
from app.store.tables.conflicts import conflict_cause, conflict_item, conflict_remark
from app.store.tables.messages import delivery, message, message_choice, webhook
from app.store.tables.parties import notice_term, party, person, person_role, session, sign_in_failure, turnstile
from app.store.tables.peaks import calendar_version, occurrence, peak, peak_exception, peaks_confirmed, subscription
from app.store.tables.promises import promise, window_update, window_update_to
from app.store.tables.records import api_request, api_token, feed, kept_situation, receipt, recheck, recheck_run, trail, trail_head
from app.store.tables.running import green_light, review, service_level, sla_figure, window_run
from app.store.tables.seen import window_seen
from app.store.tables.windows import maintenance_window, waiver, window_customer, window_service

__all__ = [
    "absence",
    "agreed_slot",
    "agreement",
    "api_request",
    "api_token",
    "calendar_version",
    "conflict_cause",
    "conflict_item",
    "conflict_remark",
    "delivery",
    "expert",
    "expert_service",
    "feed",
    "green_light",
    "kept_situation",
    "maintenance_window",
    "message",
    "message_choice",
    "metadata",
    "notice_term",
    "occurrence",
    "party",
    "peak",
    "peak_exception",
    "peaks_confirmed",
    "person",
    "person_role",
    "promise",
    "receipt",
    "recheck",
    "recheck_run",
    "requirement",
    "requirement_member",
    "review",
    "service",
    "service_level",
    "service_use",
    "session",
    "sign_in_failure",
    "sla_figure",
    "subscription",
    "trail",
    "trail_head",
    "turnstile",
    "waiver",
    "webhook",
    "window_customer",
    "window_run",
    "window_seen",
    "window_service",
    "window_update",
    "window_update_to",
]
