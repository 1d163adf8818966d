-- Working states are overlays on snapshot trees. docs/format/catalog.md explains every column.
ALTER TABLE tree_entry RENAME COLUMN branch TO layer;

CREATE TABLE working_tree (
  branch INTEGER NOT NULL,
  part INTEGER NOT NULL,
  layer INTEGER NOT NULL,
  ranges INTEGER NOT NULL,
  frozen INTEGER,
  frozen_ranges INTEGER NOT NULL,
  root BLOB CHECK (length(root) = 84),
  PRIMARY KEY (branch, part)
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX working_tree_by_layer ON working_tree (layer);
CREATE UNIQUE INDEX working_tree_by_frozen ON working_tree (frozen);

-- Until now a layer had the number of its branch.
INSERT INTO counter (name, value) SELECT 'layer', 2 * coalesce(max(number), 0) FROM branch;

INSERT INTO working_tree (branch, part, layer, ranges, frozen, frozen_ranges)
  SELECT number, 0, number, 0, NULL, 0 FROM branch;

INSERT INTO working_tree (branch, part, layer, ranges, frozen, frozen_ranges)
  SELECT number, 1, number + (SELECT max(number) FROM branch), 0, NULL, 0 FROM branch;

-- What was put without a path, under its id in hex.
INSERT INTO tree_entry (layer, path, type, asset, size, mode, mtime)
  SELECT w.layer, CAST(lower(hex(a.id)) AS BLOB), a.kind, a.id, a.size, 420, 0
  FROM asset a
  JOIN branch b ON b.namespace = a.namespace AND b.name = 'main'
  JOIN working_tree w ON w.branch = b.number AND w.part = 1
  WHERE a.unnamed = 1;

-- From now on: whether a path names the asset or ever did.
UPDATE asset SET path_count = 1 WHERE path_count > 1;
UPDATE tombstone SET path_count = 1 WHERE path_count > 1;
