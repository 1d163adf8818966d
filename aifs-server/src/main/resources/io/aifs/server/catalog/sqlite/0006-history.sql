-- Snapshots, and the refs that name them. docs/format/catalog.md explains every table and column.
CREATE TABLE snapshot (
  namespace INTEGER NOT NULL,
  id BLOB NOT NULL CHECK (length(id) = 16),
  created_at INTEGER NOT NULL,
  generation INTEGER NOT NULL CHECK (generation > 0),
  parents BLOB,
  paths_node BLOB,
  paths_merkle BLOB,
  paths_entries INTEGER,
  paths_bytes INTEGER,
  paths_longest INTEGER,
  unnamed_node BLOB,
  unnamed_merkle BLOB,
  unnamed_entries INTEGER,
  unnamed_bytes INTEGER,
  unnamed_longest INTEGER,
  signature BLOB,
  statement BLOB,
  PRIMARY KEY (namespace, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX snapshot_by_age ON snapshot (namespace, created_at, id);

-- Branches made earlier get their first snapshot when it is needed.
ALTER TABLE branch ADD COLUMN head BLOB;
ALTER TABLE branch ADD COLUMN created_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE branch ADD COLUMN updated_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE branch ADD COLUMN metadata BLOB;
ALTER TABLE branch ADD COLUMN protected INTEGER NOT NULL DEFAULT 0;

UPDATE branch SET
  created_at = coalesce((SELECT n.created_at FROM namespace n WHERE n.number = branch.namespace), 0),
  updated_at = coalesce((SELECT n.created_at FROM namespace n WHERE n.number = branch.namespace), 0);

-- Where branches stood. Rows outlive their branch.
CREATE TABLE ref_move (
  namespace INTEGER NOT NULL,
  branch TEXT NOT NULL,
  sequence INTEGER NOT NULL,
  at INTEGER NOT NULL,
  from_snapshot BLOB,
  to_snapshot BLOB,
  who TEXT NOT NULL,
  reason TEXT NOT NULL,
  metadata BLOB,
  PRIMARY KEY (namespace, branch, sequence)
) STRICT, WITHOUT ROWID;

-- A deleted tag stays, so that its name never means another snapshot.
CREATE TABLE tag (
  namespace INTEGER NOT NULL,
  name TEXT NOT NULL,
  snapshot BLOB NOT NULL CHECK (length(snapshot) = 16),
  created_at INTEGER NOT NULL,
  who TEXT NOT NULL,
  metadata BLOB,
  deleted_at INTEGER,
  PRIMARY KEY (namespace, name)
) STRICT, WITHOUT ROWID;
