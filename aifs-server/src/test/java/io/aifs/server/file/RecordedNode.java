package io.aifs.server.file;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Something with a name on a {@link RecordingDisk}, which knows what of it is durable. */
sealed interface RecordedNode {
  /**
   * What a power cut leaves of it.
   *
   * @param known what was decided of others already: one file may be found under two names
   */
  RecordedNode survivor(Survival survival, IdentityHashMap<RecordedNode, RecordedNode> known);

  /** Bytes that were appended, the first of them synced. */
  final class File implements RecordedNode {
    private byte[] bytes = new byte[0];
    private int length;
    private int synced;

    void append(byte[] more, int offset, int count) {
      if (length + count > bytes.length) {
        bytes = Arrays.copyOf(bytes, Math.max(length + count, 2 * bytes.length));
      }
      System.arraycopy(more, offset, bytes, length, count);
      length += count;
    }

    int length() {
      return length;
    }

    /** For good: all that is left is durable. */
    void cut(int to) {
      length = to;
      sync();
    }

    void sync() {
      synced = length;
    }

    int read(long position, byte[] into, int offset, int count) {
      int there = (int) Math.max(0, Math.min(count, length - position));
      if (there > 0) {
        System.arraycopy(bytes, (int) position, into, offset, there);
      }
      return there;
    }

    @Override
    public RecordedNode survivor(
        Survival survival, IdentityHashMap<RecordedNode, RecordedNode> known) {
      return known.computeIfAbsent(
          this,
          _ -> {
            File left = new File();
            byte[] survived =
                synced == length
                    ? Arrays.copyOf(bytes, length)
                    : survival.appended(bytes, length, synced);
            left.append(survived, 0, survived.length);
            left.sync();
            return left;
          });
    }
  }

  /** Names, and of those changed since the last sync every state that each has been in. */
  final class Folder implements RecordedNode {
    private final TreeMap<String, RecordedNode> names = new TreeMap<>();
    private final Map<String, List<@Nullable RecordedNode>> unsynced = new HashMap<>();

    @Nullable RecordedNode get(String name) {
      return names.get(name);
    }

    List<String> list() {
      return List.copyOf(names.keySet());
    }

    void put(String name, RecordedNode node) {
      changing(name).add(node);
      names.put(name, node);
    }

    void remove(String name) {
      changing(name).add(null);
      names.remove(name);
    }

    private List<@Nullable RecordedNode> changing(String name) {
      return unsynced.computeIfAbsent(
          name,
          _ -> {
            List<@Nullable RecordedNode> states = new ArrayList<>();
            states.add(names.get(name));
            return states;
          });
    }

    void sync() {
      unsynced.clear();
    }

    /** Makes one name durable. */
    void sync(String name) {
      unsynced.remove(name);
    }

    @Override
    public Folder survivor(Survival survival, IdentityHashMap<RecordedNode, RecordedNode> known) {
      Folder left = new Folder();
      names.forEach(
          (name, node) -> {
            if (!unsynced.containsKey(name)) {
              left.names.put(name, node.survivor(survival, known));
            }
          });
      for (String name : unsynced.keySet().stream().sorted().toList()) {
        List<@Nullable RecordedNode> states = unsynced.getOrDefault(name, List.of());
        RecordedNode node = states.get(survival.pick(states.size()));
        if (node != null) {
          left.names.put(name, node.survivor(survival, known));
        }
      }
      return left;
    }
  }
}
