-- Where the audit log stands. docs/format/catalog.md explains every table and column.
CREATE TABLE audit_head (
  one INTEGER NOT NULL PRIMARY KEY CHECK (one = 1),
  sequence INTEGER NOT NULL CHECK (sequence >= 0),
  digest BLOB NOT NULL CHECK (length(digest) = 32),
  mac BLOB NOT NULL CHECK (length(mac) = 32)
) STRICT;
