-- Embedding spaces, parts of assets, quarantine. docs/format/catalog.md explains every table and
-- column.
CREATE TABLE space (
  namespace INTEGER NOT NULL,
  name TEXT NOT NULL,
  dimension INTEGER NOT NULL CHECK (dimension > 0),
  metric INTEGER NOT NULL,
  storage INTEGER NOT NULL,
  model TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  PRIMARY KEY (namespace, name)
) STRICT, WITHOUT ROWID;

-- Until now a space was its name alone. It is as old as the oldest asset in it.
INSERT INTO space (namespace, name, dimension, metric, storage, model, created_at)
SELECT namespace, space, min(dimension), 0, 0, '', coalesce(min(created_at), 0)
FROM (
  SELECT e.namespace, e.space, e.dimension, a.created_at FROM embedding e
  LEFT JOIN asset a ON a.namespace = e.namespace AND a.id = e.asset
  UNION ALL
  SELECT e.namespace, e.space, e.dimension, k.created_at FROM kept_embedding e
  LEFT JOIN kept_asset k ON k.namespace = e.namespace AND k.id = e.asset)
GROUP BY namespace, space;

-- A row waits for approval as long as it has a rule.
CREATE TABLE new_embedding (
  namespace INTEGER NOT NULL,
  asset BLOB NOT NULL,
  space TEXT NOT NULL,
  part TEXT NOT NULL,
  dimension INTEGER NOT NULL,
  content BLOB NOT NULL,
  rule TEXT,
  since INTEGER,
  PRIMARY KEY (namespace, asset, space, part),
  CHECK ((rule IS NULL) = (since IS NULL))
) STRICT, WITHOUT ROWID;

INSERT INTO new_embedding (namespace, asset, space, part, dimension, content)
SELECT namespace, asset, space, '', dimension, content FROM embedding;

DROP TABLE embedding;

ALTER TABLE new_embedding RENAME TO embedding;

CREATE INDEX embedding_in_quarantine ON embedding (namespace, asset, space, part)
WHERE rule IS NOT NULL;

CREATE TABLE new_kept_embedding (
  namespace INTEGER NOT NULL,
  asset BLOB NOT NULL,
  space TEXT NOT NULL,
  part TEXT NOT NULL,
  dimension INTEGER NOT NULL,
  content BLOB NOT NULL,
  rule TEXT,
  since INTEGER,
  PRIMARY KEY (namespace, asset, space, part),
  CHECK ((rule IS NULL) = (since IS NULL))
) STRICT, WITHOUT ROWID;

INSERT INTO new_kept_embedding (namespace, asset, space, part, dimension, content)
SELECT namespace, asset, space, '', dimension, content FROM kept_embedding;

DROP TABLE kept_embedding;

ALTER TABLE new_kept_embedding RENAME TO kept_embedding;
