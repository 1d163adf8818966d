-- Tokens that were minted, and what was revoked. docs/format/catalog.md explains every table and
-- column.
CREATE TABLE token_family (
  number INTEGER NOT NULL PRIMARY KEY CHECK (number > 0),
  family TEXT NOT NULL UNIQUE,
  key_id TEXT NOT NULL,
  minted_at INTEGER NOT NULL,
  minted_by TEXT NOT NULL,
  note TEXT NOT NULL,
  expires_at INTEGER
) STRICT;

CREATE INDEX token_family_minted_by ON token_family (minted_by);

CREATE TABLE token_caveat (
  number INTEGER NOT NULL,
  position INTEGER NOT NULL CHECK (position >= 0),
  caveat TEXT NOT NULL,
  PRIMARY KEY (number, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE revoked_token (
  number INTEGER NOT NULL PRIMARY KEY CHECK (number > 0),
  whole INTEGER NOT NULL CHECK (whole IN (0, 1)),
  name TEXT NOT NULL,
  revoked_at INTEGER NOT NULL,
  who TEXT NOT NULL,
  reason TEXT NOT NULL,
  UNIQUE (whole, name)
) STRICT;

CREATE TABLE token_use (
  family TEXT NOT NULL PRIMARY KEY,
  used_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
