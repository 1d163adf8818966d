package io.aifs.server.grpc.audit;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a call is about, taken from its messages: only fields that are listed here, as everything
 * else may be content, metadata or a secret. Thread-safe.
 */
final class CallTargets {
  private static final int TEXT_CHARS_MAX = 256;
  private static final int FIELDS_MAX = 32;
  private static final int DEPTH_MAX = 3;

  /** Later messages of a stream hold content. */
  private static final int MESSAGES_MAX = 4;

  private static final String COUNT = "_count";

  private static final Set<String> ASKED =
      Set.of(
          "asset_id",
          "asset_ids",
          "path",
          "paths",
          "from_path",
          "to_path",
          "branch",
          "into_branch",
          "branch_name",
          "tag_name",
          "ref",
          "at",
          "from",
          "to",
          "name",
          "snapshot_id",
          "transaction",
          "job",
          "family",
          "token_id",
          "request_id");

  private static final Set<String> ANSWERED =
      Set.of("asset_id", "snapshot_id", "token_id", "family");

  private final Map<String, Object> found = new LinkedHashMap<>();
  private int requests;
  private int answers;

  /** Looks at a message that came in. */
  synchronized void asked(Object message) {
    requests++;
    if (requests <= MESSAGES_MAX && message instanceof Message known) {
      look(known, ASKED, "", DEPTH_MAX);
    }
  }

  /** Looks at one that goes out; true if it tells what was done. */
  synchronized boolean answered(Object message) {
    answers++;
    if (answers > MESSAGES_MAX || !(message instanceof Message known)) {
      return false;
    }
    int before = found.size();
    look(known, ANSWERED, "answer_", DEPTH_MAX);
    return found.size() > before;
  }

  synchronized Map<String, Object> found() {
    return new LinkedHashMap<>(found);
  }

  private void look(Message message, Set<String> wanted, String prefix, int depth) {
    message
        .getAllFields()
        .forEach(
            (field, value) -> {
              if (!field.isMapField()) {
                look(field, value, wanted, prefix, depth);
              }
            });
  }

  private void look(
      FieldDescriptor field, Object value, Set<String> wanted, String prefix, int depth) {
    Object one = value;
    if (value instanceof List<?> all) {
      one = all.getFirst();
      if (prefix.isEmpty() && (one instanceof Message || wanted.contains(field.getName()))) {
        put(field.getName() + COUNT, (long) all.size());
      }
    }
    if (one instanceof Message nested) {
      if (depth > 1) {
        look(nested, wanted, prefix, depth - 1);
      }
    } else if (one instanceof String text && wanted.contains(field.getName())) {
      put(prefix + field.getName(), cut(text));
    }
  }

  /** What comes first stays: it is nearest to the call itself. */
  private void put(String name, Object value) {
    if (found.size() < FIELDS_MAX) {
      found.putIfAbsent(name, value);
    }
  }

  static String cut(String text) {
    if (text.length() <= TEXT_CHARS_MAX) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(TEXT_CHARS_MAX - 1)) ? 1 : 0;
    return text.substring(0, TEXT_CHARS_MAX - end);
  }
}
