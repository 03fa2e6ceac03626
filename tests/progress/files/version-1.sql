BEGIN TRANSACTION;
CREATE TABLE attempt (
    id text primary key, exercise text not null, at integer not null, day text not null,
    passed integer not null, slip text not null, hints integer not null, wall_ms real not null
) without rowid;
INSERT INTO "attempt" VALUES('43e5ed14e0ee4d7ab84190f99675e49e','glob/star',1767528000000000,'2026-01-04',1,'',0,0.0);
INSERT INTO "attempt" VALUES('6ab93fbb59ec4f9da80d6e2fea12a1c8','re/phone',1767268800000000,'2026-01-01',0,'Too greedy.',0,1.0);
INSERT INTO "attempt" VALUES('a68bc4f7b74941daad02e1d41579ea2d','re/phone',1767268800000000,'2026-01-01',1,'',0,0.0);
CREATE TABLE card (
    exercise text primary key, due integer not null, state text not null
) without rowid;
INSERT INTO "card" VALUES('glob/star',1767700800000000,'{"card_id": 1, "state": 2, "step": null, "stability": 2.3065, "difficulty": 2.118103970459016, "due": "2026-01-06T12:00:00+00:00", "last_review": "2026-01-04T12:00:00+00:00", "at": 1767528000000000}');
INSERT INTO "card" VALUES('re/phone',1768219200000000,'{"card_id": 1, "state": 2, "step": null, "stability": 8.043175911528957, "difficulty": 5.102286904192293, "due": "2026-01-12T12:00:00+00:00", "last_review": "2026-01-04T12:00:00+00:00", "at": 1767528000000000}');
CREATE TABLE day (
    day text primary key, answers integer not null default 0, reviews integer not null default 0,
    recalled integer not null default 0, foretold real not null default 0,
    foretold_count integer not null default 0
) without rowid;
INSERT INTO "day" VALUES('2026-01-01',2,1,0,0.0,0);
INSERT INTO "day" VALUES('2026-01-04',1,2,1,8.32849412746334394341e-01,1);
CREATE TABLE hint (exercise text primary key, seen integer not null) without rowid;
INSERT INTO "hint" VALUES('re/phone',1);
CREATE TABLE passed (exercise text primary key, at integer not null) without rowid;
INSERT INTO "passed" VALUES('glob/star',1767528000000000);
INSERT INTO "passed" VALUES('re/phone',1767268800000000);
CREATE TABLE place (lesson text primary key, item text not null) without rowid;
INSERT INTO "place" VALUES('re','groups');
CREATE TABLE review (
    id text primary key, exercise text not null, at integer not null, day text not null,
    rating integer not null, foretold real
) without rowid;
INSERT INTO "review" VALUES('4fef92b0edc64e0c90f93b3c7f33aa9c','re/phone',1767528000000000,'2026-01-04',3,8.32849412746334394341e-01);
INSERT INTO "review" VALUES('9424ba65783547c58b1f686df9397293','re/phone',1767268800000000,'2026-01-01',2,NULL);
INSERT INTO "review" VALUES('d78b1202d5054b628ee5faf4ca6b6ce8','glob/star',1767528000000000,'2026-01-04',3,NULL);
CREATE TABLE setting (key text primary key, value text not null) without rowid;
INSERT INTO "setting" VALUES('last','glob/star');
CREATE TABLE slip (
    exercise text not null, feedback text not null, count integer not null,
    primary key (exercise, feedback)
) without rowid;
INSERT INTO "slip" VALUES('re/phone','Too greedy.',1);
CREATE TABLE trash (id integer primary key, at integer not null, document text not null);
CREATE INDEX review_exercise on review (exercise, at);
CREATE INDEX attempt_exercise on attempt (exercise, at);
CREATE INDEX card_due on card (due);
COMMIT;
PRAGMA user_version = 1;
