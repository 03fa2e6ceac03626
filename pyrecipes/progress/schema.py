"""The tables of progress, and how an older file becomes one of today."""

from __future__ import annotations

VERSION = 2

CREATE = """
create table attempt (
    id text primary key, exercise text not null, at integer not null, day text not null,
    passed integer not null, slip text not null, hints integer not null, wall_ms real not null
) without rowid;
create table review (
    id text primary key, exercise text not null, at integer not null, day text not null,
    rating integer not null, foretold real
) without rowid;
create index review_exercise on review (exercise, at);
create index attempt_exercise on attempt (exercise, at);
create table card (
    exercise text primary key, due integer not null, state text not null,
    at integer not null default 0
) without rowid;
create index card_due on card (due, at);
create index card_at on card (at);
create table passed (exercise text primary key, at integer not null) without rowid;
create table slip (
    exercise text not null, feedback text not null, count integer not null,
    primary key (exercise, feedback)
) without rowid;
create table day (
    day text primary key, answers integer not null default 0, reviews integer not null default 0,
    recalled integer not null default 0, foretold real not null default 0,
    foretold_count integer not null default 0
) without rowid;
create table place (lesson text primary key, item text not null) without rowid;
create table hint (exercise text primary key, seen integer not null) without rowid;
create table setting (key text primary key, value text not null) without rowid;
create table trash (id integer primary key, at integer not null, document text not null);
"""
"""The tables. `attempt` and `review` are what happened, and are merged by their ids; `card`,
`passed`, `slip` and `day` are sums over them, kept in the same transaction. A card's `due` is the
midnight that begins its day on the learner's wall, `at` the moment of its last review."""

MIGRATIONS: dict[int, str] = {
    1: """
    alter table card add column at integer not null default 0;
    update card set at = coalesce(json_extract(state, '$.at'), 0);
    drop index card_due;
    create index card_due on card (due, at);
    create index card_at on card (at)
    """,
}
"""What turns a file of a version into one of the next."""
