-- Associations. docs/format/catalog.md explains every table and column.
CREATE TABLE association_type (
  namespace INTEGER NOT NULL,
  number INTEGER NOT NULL,
  name TEXT NOT NULL,
  inverse INTEGER,
  PRIMARY KEY (namespace, number)
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX association_type_by_name ON association_type (namespace, name);

-- Both directions have rows of their own. age is -1 - time, so that the newest come first.
CREATE TABLE association (
  namespace INTEGER NOT NULL,
  id1 BLOB NOT NULL,
  type INTEGER NOT NULL,
  age INTEGER NOT NULL,
  id2 BLOB NOT NULL,
  data BLOB,
  PRIMARY KEY (namespace, id1, type, age, id2)
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX association_by_id2 ON association (namespace, id1, type, id2);

CREATE TABLE association_count (
  namespace INTEGER NOT NULL,
  id1 BLOB NOT NULL,
  type INTEGER NOT NULL,
  count INTEGER NOT NULL CHECK (count >= 0),
  PRIMARY KEY (namespace, id1, type)
) STRICT, WITHOUT ROWID;

-- Lineage is counted too: 1 is made-from, 2 made-into.
INSERT INTO association_count (namespace, id1, type, count)
SELECT namespace, CAST(x'01' || child AS BLOB), 1, count(*) FROM edge GROUP BY namespace, child;

INSERT INTO association_count (namespace, id1, type, count)
SELECT namespace, CAST(x'01' || parent AS BLOB), 2, count(*) FROM edge GROUP BY namespace, parent;
