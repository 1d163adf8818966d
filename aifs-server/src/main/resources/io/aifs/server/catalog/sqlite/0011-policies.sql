-- What namespaces demand of what is put. docs/format/catalog.md explains every table and column.
CREATE TABLE policy (
  namespace INTEGER NOT NULL,
  version INTEGER NOT NULL CHECK (version > 0),
  document TEXT NOT NULL,
  set_at INTEGER NOT NULL,
  who TEXT NOT NULL,
  reason TEXT NOT NULL,
  PRIMARY KEY (namespace, version)
) STRICT, WITHOUT ROWID;
