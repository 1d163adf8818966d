package io.aifs.cli.history;

import io.aifs.core.model.SnapshotId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Draws how snapshots follow from each other, newest first, one after the other. Each line of
 * descent has a lane, two characters wide, that waits for its next snapshot. Not thread-safe.
 */
public final class LogGraph {
  private static final int LANE_WIDTH = 2;

  private final List<SnapshotId> lanes = new ArrayList<>();

  /**
   * What stands left of a snapshot's text.
   *
   * @param rows the first has the star, the others lead to the next snapshot; all of one width
   * @param rest stands left of more text than there are rows
   */
  public record Drawing(List<String> rows, String rest) {
    public Drawing {
      rows = List.copyOf(rows);
    }

    /** The row left of line {@code number} of the text. */
    public String row(int number) {
      return number < rows.size() ? rows.get(number) : rest;
    }
  }

  /** Draws the next snapshot, of which no parent was drawn before. */
  public Drawing add(SnapshotId id, List<SnapshotId> parents) {
    if (!lanes.contains(id)) {
      lanes.add(id);
    }
    int lane = lanes.indexOf(id);
    List<char[]> rows = new ArrayList<>();
    char[] node = straight();
    node[LANE_WIDTH * lane] = '*';
    rows.add(node);
    if (parents.isEmpty()) {
      end(lane, rows);
    } else {
      branchOut(lane, parents.stream().distinct().toList(), rows);
    }
    join(rows);
    int width = rows.stream().mapToInt(row -> row.length).max().orElse(0);
    return new Drawing(
        rows.stream().map(row -> padded(row, width)).toList(), padded(straight(), width));
  }

  private static String padded(char[] row, int width) {
    return new String(row) + " ".repeat(Math.max(0, width - row.length));
  }

  /** All lanes going on as they are. */
  private char[] straight() {
    char[] row = blank(lanes.size());
    for (int i = 0; i < lanes.size(); i++) {
      row[LANE_WIDTH * i] = '|';
    }
    return row;
  }

  private static char[] blank(int laneCount) {
    char[] row = new char[LANE_WIDTH * laneCount];
    Arrays.fill(row, ' ');
    return row;
  }

  /** A lane ends; those to the right of it close up. */
  private void end(int lane, List<char[]> rows) {
    lanes.remove(lane);
    if (lane < lanes.size()) {
      char[] row = blank(lanes.size() + 1);
      for (int i = 0; i < lane; i++) {
        row[LANE_WIDTH * i] = '|';
      }
      moveLeft(row, lane + 1, lanes.size() + 1);
      rows.add(row);
    }
  }

  /** Lanes from {@code first} to before {@code end} each go one to the left. */
  private static void moveLeft(char[] row, int first, int end) {
    for (int i = first; i < end; i++) {
      row[LANE_WIDTH * i] = ' ';
      row[LANE_WIDTH * i - 1] = '/';
    }
  }

  /** The lane goes on to the first parent; each other parent gets a new lane to the right of it. */
  private void branchOut(int lane, List<SnapshotId> parents, List<char[]> rows) {
    lanes.set(lane, parents.getFirst());
    for (SnapshotId parent : parents.subList(1, parents.size()).reversed()) {
      char[] row = blank(lanes.size() + 1);
      for (int i = 0; i < lanes.size(); i++) {
        row[LANE_WIDTH * i + (i > lane ? 1 : 0)] = i > lane ? '\\' : '|';
      }
      row[LANE_WIDTH * lane + 1] = '\\';
      rows.add(row);
      lanes.add(lane + 1, parent);
    }
  }

  /** Lanes that wait for the same snapshot become one: the right one crosses over to the left. */
  private void join(List<char[]> rows) {
    for (int right = 1; right < lanes.size(); right++) {
      int left = lanes.indexOf(lanes.get(right));
      if (left < right) {
        cross(right, left, rows);
        right--; // another lane is in its place now
      }
    }
  }

  private void cross(int right, int left, List<char[]> rows) {
    char[] first = straight();
    moveLeft(first, right, lanes.size());
    rows.add(first);
    lanes.remove(right);
    for (int at = right - 1; at > left; at--) {
      char[] row = straight();
      row[LANE_WIDTH * at - 1] = '/';
      rows.add(row);
    }
  }
}
