-- Catalog format 1. docs/format/catalog.md explains every table and column.
PRAGMA application_id = 1095321171;

CREATE TABLE setting (
  name TEXT NOT NULL PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE counter (
  name TEXT NOT NULL PRIMARY KEY,
  value INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

INSERT INTO counter (name, value) VALUES ('event', 0);

CREATE TABLE namespace (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL UNIQUE,
  description TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  metadata BLOB,
  domain BLOB NOT NULL,
  chunk_bytes_min INTEGER NOT NULL,
  chunk_bytes_target INTEGER NOT NULL,
  chunk_bytes_max INTEGER NOT NULL
) STRICT;

CREATE TABLE namespace_total (
  namespace INTEGER PRIMARY KEY REFERENCES namespace,
  assets INTEGER NOT NULL CHECK (assets >= 0),
  content_bytes INTEGER NOT NULL CHECK (content_bytes >= 0)
) STRICT;

CREATE TABLE branch (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  namespace INTEGER NOT NULL REFERENCES namespace,
  name TEXT NOT NULL,
  UNIQUE (namespace, name)
) STRICT;

-- The two tables with a row for every file: no foreign keys, no second index.
CREATE TABLE asset (
  namespace INTEGER NOT NULL,
  id BLOB NOT NULL CHECK (length(id) = 32),
  kind INTEGER NOT NULL,
  size INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  born_at INTEGER NOT NULL,
  unnamed INTEGER NOT NULL,
  path_count INTEGER NOT NULL CHECK (path_count >= 0),
  manifest BLOB,
  metadata BLOB,
  PRIMARY KEY (namespace, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE tree_entry (
  branch INTEGER NOT NULL,
  path BLOB NOT NULL,
  type INTEGER NOT NULL,
  asset BLOB,
  size INTEGER NOT NULL,
  mode INTEGER NOT NULL,
  mtime INTEGER NOT NULL,
  target BLOB,
  PRIMARY KEY (branch, path)
) STRICT, WITHOUT ROWID;

CREATE TABLE tombstone (
  namespace INTEGER NOT NULL,
  id BLOB NOT NULL CHECK (length(id) = 32),
  kind INTEGER NOT NULL,
  size INTEGER NOT NULL,
  deleted_at INTEGER NOT NULL,
  deleted_by TEXT NOT NULL,
  why TEXT NOT NULL,
  path_count INTEGER NOT NULL CHECK (path_count >= 0),
  PRIMARY KEY (namespace, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE edge (
  namespace INTEGER NOT NULL,
  child BLOB NOT NULL,
  parent BLOB NOT NULL,
  transform_name TEXT NOT NULL,
  transform_digest TEXT NOT NULL,
  PRIMARY KEY (namespace, child, parent, transform_name, transform_digest)
) STRICT, WITHOUT ROWID;

CREATE INDEX edge_by_parent ON edge (namespace, parent, child);

CREATE TABLE embedding (
  namespace INTEGER NOT NULL,
  asset BLOB NOT NULL,
  space TEXT NOT NULL,
  dimension INTEGER NOT NULL,
  content BLOB NOT NULL,
  PRIMARY KEY (namespace, asset, space)
) STRICT, WITHOUT ROWID;

CREATE TABLE event (
  namespace INTEGER NOT NULL,
  sequence INTEGER NOT NULL,
  type TEXT NOT NULL,
  at INTEGER NOT NULL,
  details BLOB,
  assets BLOB NOT NULL,
  PRIMARY KEY (namespace, sequence)
) STRICT, WITHOUT ROWID;

CREATE TABLE request (
  scope TEXT NOT NULL,
  method TEXT NOT NULL,
  request_id TEXT NOT NULL,
  digest BLOB NOT NULL,
  outcome TEXT NOT NULL,
  at_micros INTEGER NOT NULL,
  PRIMARY KEY (scope, method, request_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX request_by_age ON request (at_micros);

CREATE TABLE pack (
  id BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16),
  domain BLOB NOT NULL,
  synced_bytes INTEGER NOT NULL,
  sealed INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX pack_by_domain ON pack (domain, id);

CREATE TABLE key_file (
  name TEXT NOT NULL PRIMARY KEY,
  content BLOB NOT NULL
) STRICT, WITHOUT ROWID;
