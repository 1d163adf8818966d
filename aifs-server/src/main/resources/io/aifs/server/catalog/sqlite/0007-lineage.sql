-- When each edge was recorded. docs/format/catalog.md explains every table and column.
ALTER TABLE edge ADD COLUMN at INTEGER NOT NULL DEFAULT 0;

-- Until now nobody noted it: the child is what the edges came with.
UPDATE edge SET at = coalesce(
  (SELECT a.created_at FROM asset a WHERE a.namespace = edge.namespace AND a.id = edge.child),
  (SELECT k.created_at FROM kept_asset k WHERE k.namespace = edge.namespace AND k.id = edge.child),
  0);

DROP INDEX edge_by_parent;

CREATE INDEX edge_by_parent ON edge (namespace, parent, at DESC, child);
