package io.aifs.server.catalog.sqlite;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes refs and snapshots consistent of which rows were lost: see {@link HistoryCheck} for what
 * they must be. A snapshot that is only named gets a row that says that it was, and nothing else; a
 * branch goes back to where its history last finds a snapshot.
 */
final class HistoryRepair {
  private static final String WHO = "fsck --rebuild-catalog";

  private final Session session;
  private final long atNanos;
  private final List<String> changes;

  HistoryRepair(Session session, long atNanos, List<String> changes) {
    this.session = session;
    this.atNanos = atNanos;
    this.changes = changes;
  }

  void run() {
    standIn(
        HistoryCheck.PARENTS + " SELECT DISTINCT r.namespace, r.parent FROM r",
        "a parent of a snapshot");
    for (String column : List.of("from_snapshot", "to_snapshot")) {
      standIn(
          "SELECT DISTINCT namespace, "
              + column
              + " FROM ref_move WHERE "
              + column
              + " IS NOT NULL",
          "where a branch stood");
    }
    closeGaps();
    moveHeads();
    endTags();
    restoreWorkingTrees();
  }

  private void standIn(String named, String what) {
    session.each(
        named,
        row -> {
          long inserted =
              session.update(
                  "INSERT INTO snapshot (namespace, id, created_at, generation)"
                      + " VALUES (?, ?, 0, 1) ON CONFLICT DO NOTHING",
                  row.integer(1),
                  row.blob(2));
          if (inserted > 0) {
            changes.add("a snapshot is lost that is " + what);
          }
          return true;
        });
  }

  /** Each move begins where the one before ended. */
  private void closeGaps() {
    long closed =
        session.update(
            "UPDATE ref_move AS m SET from_snapshot = q.before FROM (SELECT namespace, branch,"
                + " sequence, lag(to_snapshot) OVER (PARTITION BY namespace, branch"
                + " ORDER BY sequence) AS before FROM ref_move) q"
                + " WHERE q.namespace = m.namespace AND q.branch = m.branch"
                + " AND q.sequence = m.sequence AND m.from_snapshot IS NOT q.before");
    if (closed > 0) {
      changes.add(closed + " moves of branches are lost");
    }
  }

  private void moveHeads() {
    session.each(
        "SELECT r.namespace, r.name, r.head, (SELECT m.to_snapshot FROM ref_move m"
            + " WHERE m.namespace = r.namespace AND m.branch = r.name"
            + " ORDER BY m.sequence DESC LIMIT 1), (SELECT m.to_snapshot FROM ref_move m"
            + " JOIN snapshot s ON s.namespace = m.namespace AND s.id = m.to_snapshot"
            + " AND s.statement IS NOT NULL WHERE m.namespace = r.namespace AND m.branch = r.name"
            + " ORDER BY m.sequence DESC LIMIT 1) FROM branch r",
        row -> {
          byte[] head = row.blob(3);
          byte[] last = row.blob(4);
          byte[] best = row.blob(5);
          if (!Arrays.equals(head, best) || !Arrays.equals(last, best)) {
            moveHead(row.integer(1), row.text(2), last, best);
          }
          return true;
        });
  }

  private void moveHead(long namespace, String branch, byte[] last, byte[] head) {
    byte @Nullable [] to = head.length == 0 ? null : head;
    session.update(
        "UPDATE branch SET head = ? WHERE namespace = ? AND name = ?", to, namespace, branch);
    changes.add("branch '" + branch + "' stands where its history last finds a snapshot");
    if (!Arrays.equals(last, head)) {
      session.update("UPDATE counter SET value = value + 1 WHERE name = 'event'");
      session.update(
          "INSERT INTO ref_move (namespace, branch, sequence, at, from_snapshot, to_snapshot, who,"
              + " reason) VALUES (?, ?, (SELECT value FROM counter WHERE name = 'event'), ?, ?, ?,"
              + " ?, 'its snapshot is lost')",
          namespace,
          branch,
          atNanos,
          last.length == 0 ? null : last,
          to,
          WHO);
    }
  }

  private void endTags() {
    session.each(
        "SELECT t.name FROM tag t WHERE t.deleted_at IS NULL AND (NOT EXISTS (SELECT 1 FROM"
            + " snapshot s WHERE s.namespace = t.namespace AND s.id = t.snapshot"
            + " AND s.statement IS NOT NULL) OR EXISTS (SELECT 1 FROM branch b"
            + " WHERE b.namespace = t.namespace AND b.name = t.name))",
        row -> {
          changes.add("tag '" + row.text(1) + "' is deleted: its snapshot is lost");
          return true;
        });
    session.update(
        "UPDATE tag AS t SET deleted_at = ? WHERE t.deleted_at IS NULL AND (NOT EXISTS (SELECT 1"
            + " FROM snapshot s WHERE s.namespace = t.namespace AND s.id = t.snapshot"
            + " AND s.statement IS NOT NULL) OR EXISTS (SELECT 1 FROM branch b"
            + " WHERE b.namespace = t.namespace AND b.name = t.name))",
        atNanos);
    session.update(
        "DELETE FROM tag AS t WHERE EXISTS (SELECT 1 FROM branch b"
            + " WHERE b.namespace = t.namespace AND b.name = t.name)");
  }

  /** A branch whose working state is lost gets that of its newest snapshot. */
  private void restoreWorkingTrees() {
    session.each(
        "SELECT b.namespace, b.name, b.number, b.head FROM branch b WHERE (SELECT count(*)"
            + " FROM working_tree w WHERE w.branch = b.number) < 2",
        row -> {
          new WorkingStateRepair(session).restore(row.integer(1), row.integer(3), row.blob(4));
          changes.add("branch '" + row.text(2) + "' holds what its newest snapshot does");
          return true;
        });
  }
}
