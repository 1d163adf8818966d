"""Walks a graph of lineage edges with a recursive query of SQLite; prints the median milliseconds.

Arguments: the edges (child, parent, transform, with tabs between), a new database file, rounds.
"""

import sqlite3
import statistics
import sys
import time

WALK = """
WITH RECURSIVE walk(id, depth) AS (
  SELECT ?, 0
  UNION
  SELECT edge.child, walk.depth + 1 FROM walk JOIN edge ON edge.parent = walk.id WHERE walk.depth < 10)
SELECT walk.depth, edge.child, edge.parent, edge.transform
FROM (SELECT id, min(depth) AS depth FROM walk GROUP BY id) AS walk JOIN edge ON edge.parent = walk.id
WHERE walk.depth < 10
"""


def main():
    source, path, rounds = sys.argv[1], sys.argv[2], int(sys.argv[3])
    database = sqlite3.connect(path)
    database.execute(
        "CREATE TABLE edge (child BLOB, parent BLOB, transform TEXT,"
        " PRIMARY KEY (child, parent, transform)) WITHOUT ROWID"
    )
    database.execute("CREATE INDEX edge_by_parent ON edge (parent, child)")
    with open(source, encoding="utf-8") as lines:
        rows = [line.rstrip("\n").split("\t") for line in lines]
    root = rows[0][1]
    database.executemany(
        "INSERT OR IGNORE INTO edge VALUES (?, ?, ?)",
        ((bytes.fromhex(child), bytes.fromhex(parent), transform) for child, parent, transform in rows),
    )
    database.commit()
    taken = []
    for _ in range(rounds + 2):
        start = time.perf_counter()
        found = len(database.execute(WALK, (bytes.fromhex(root),)).fetchall())
        taken.append((time.perf_counter() - start) * 1000)
        if found < len(rows) // 2:
            sys.exit(f"the walk found {found} edges")
    print(f"{statistics.median(taken[2:]):.1f}")


main()
