-- The journal, docs/format/journal.md. Tables whose names begin with journal_ are in no checkpoint.
CREATE TABLE journal_pending (
  sequence INTEGER PRIMARY KEY,
  payload BLOB NOT NULL
) STRICT;

-- One row: forgotten is what the ledger's journal packs hold; checkpoint and bytes are the newest's.
CREATE TABLE journal_state (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  forgotten INTEGER NOT NULL,
  checkpoint INTEGER,
  checkpoint_bytes INTEGER
) STRICT;

INSERT INTO journal_state (one, forgotten) VALUES (1, 0);
INSERT INTO counter (name, value) VALUES ('journal', 0);
