-- Records of live packs that do not read back. They are not counted as stored.
CREATE TABLE damaged (
  pack BLOB NOT NULL,
  position INTEGER NOT NULL,
  id BLOB NOT NULL CHECK (length(id) = 32),
  seen_at INTEGER NOT NULL,
  checksum_holds INTEGER NOT NULL,
  detail TEXT NOT NULL,
  PRIMARY KEY (pack, position)
) STRICT, WITHOUT ROWID;
