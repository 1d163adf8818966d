-- Collection: what is condemned, until when, and what was deleted and can come back.
-- docs/format/catalog.md explains every table and column.
CREATE TABLE collection_run (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  domain BLOB NOT NULL CHECK (length(domain) = 16),
  sequence INTEGER NOT NULL,
  condemned_at INTEGER NOT NULL,
  delete_after INTEGER NOT NULL,
  finished INTEGER NOT NULL
) STRICT;

CREATE TABLE condemned (
  pack BLOB NOT NULL CHECK (length(pack) = 16),
  run INTEGER NOT NULL,
  bytes INTEGER NOT NULL,
  offsets BLOB NOT NULL,
  PRIMARY KEY (pack, run)
) STRICT, WITHOUT ROWID;

CREATE INDEX condemned_by_run ON condemned (run, pack);

CREATE TABLE orphan (
  pack BLOB NOT NULL PRIMARY KEY CHECK (length(pack) = 16),
  seen_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- What a deleted asset needs to come back, until its chunks are deleted.
CREATE TABLE kept_asset (
  namespace INTEGER NOT NULL,
  id BLOB NOT NULL CHECK (length(id) = 32),
  sequence INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  unnamed INTEGER NOT NULL,
  manifest BLOB,
  metadata BLOB,
  PRIMARY KEY (namespace, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX kept_asset_by_age ON kept_asset (namespace, sequence);

CREATE TABLE kept_embedding (
  namespace INTEGER NOT NULL,
  asset BLOB NOT NULL,
  space TEXT NOT NULL,
  dimension INTEGER NOT NULL,
  content BLOB NOT NULL,
  PRIMARY KEY (namespace, asset, space)
) STRICT, WITHOUT ROWID;
