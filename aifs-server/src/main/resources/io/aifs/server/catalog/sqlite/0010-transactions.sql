-- Transactions: what is staged until it is committed. None of it is journaled.
-- docs/format/catalog.md explains every table and column.
CREATE TABLE staged_transaction (
  id BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16),
  namespace INTEGER NOT NULL,
  owner TEXT NOT NULL,
  state INTEGER NOT NULL,
  begun_at INTEGER NOT NULL,
  lease INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  ended_at INTEGER NOT NULL,
  steps INTEGER NOT NULL,
  entries INTEGER NOT NULL,
  bytes INTEGER NOT NULL,
  version INTEGER NOT NULL,
  dropped INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX staged_transaction_open ON staged_transaction (expires_at) WHERE state = 0;
CREATE INDEX staged_transaction_ended ON staged_transaction (ended_at) WHERE state <> 0;
CREATE INDEX staged_transaction_left ON staged_transaction (id) WHERE state <> 0 AND dropped = 0;
CREATE INDEX staged_transaction_by_owner ON staged_transaction (namespace, owner, id);

CREATE TABLE staged_step (
  txn BLOB NOT NULL,
  number INTEGER NOT NULL,
  body BLOB NOT NULL,
  PRIMARY KEY (txn, number)
) STRICT;

CREATE TABLE staged_asset (
  txn BLOB NOT NULL,
  id BLOB NOT NULL CHECK (length(id) = 32),
  PRIMARY KEY (txn, id)
) STRICT, WITHOUT ROWID;
