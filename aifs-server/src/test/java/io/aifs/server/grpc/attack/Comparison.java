package io.aifs.server.grpc.attack;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Whether two answers say the same, but for what is drawn by lot and for the store's version, which
 * counts the changes of all namespaces. Not thread-safe.
 */
final class Comparison {
  /** Fields that differ from store to store. They are only to be there in both or in none. */
  private static final Set<String> DRAWN =
      Set.of(
          "signature",
          "statement",
          "public_key",
          "endorsement",
          "acceptance",
          "key_id",
          "signed_by",
          "endorsed_by",
          "proof",
          "next_page_token",
          "store_id",
          "sample_seed",
          "token",
          "token_id",
          "family",
          "log");

  private static final String CHUNKS = "chunks";
  private static final String NEW_CHUNKS = "new_chunks";

  /** What follows from the content that is put, which differs in two calls. */
  private static final Set<String> OF_CONTENT =
      Set.of("stored_bytes", "staged_bytes", CHUNKS, NEW_CHUNKS);

  /** Fields that tell the store's version, or follow it, as indexes do in their own time. */
  private static final Set<String> VERSIONS =
      Set.of(
          "version",
          "event_id",
          "resume_after",
          "sequence",
          "index",
          "index_state",
          "aifs.v1.BranchHistoryEntry.id");

  private static final Pattern VERSION = Pattern.compile("version [0-9]+");

  /** Longer ones first, as one may be in another. */
  private final List<Map.Entry<String, String>> renamed;

  private final IdPairs ids;

  /**
   * @param renamed what the first answer may name, as the second has to
   * @param ids what is drawn in one store, as it is called in the other
   */
  Comparison(Map<String, String> renamed, IdPairs ids) {
    this.renamed =
        renamed.entrySet().stream()
            .sorted(Comparator.comparingInt(each -> -each.getKey().length()))
            .toList();
    this.ids = ids;
  }

  /** The first difference; empty if there is none. */
  Optional<String> difference(Answer left, Answer right) {
    if (left.code() != right.code()) {
      return Optional.of("the end: " + left.code() + " and " + right.code());
    }
    if (!same(left.message(), right.message())) {
      return Optional.of("the message");
    }
    if (!same(left.details(), right.details())) {
      return Optional.of("the details: " + left.details() + "\nand: " + right.details());
    }
    List<Message> one = withoutProgress(left);
    List<Message> other = withoutProgress(right);
    if (one.size() != other.size()) {
      return Optional.of("the number of messages");
    }
    for (int i = 0; i < one.size(); i++) {
      Optional<String> difference = difference(one.get(i), other.get(i));
      if (difference.isPresent()) {
        return difference;
      }
    }
    return Optional.empty();
  }

  /** How often a build tells how far it is depends on time alone. */
  private static List<Message> withoutProgress(Answer answer) {
    return answer.replies().stream()
        .filter(
            reply ->
                !reply.getDescriptorForType().getName().equals("BuildIndexProgress")
                    || reply.hasField(reply.getDescriptorForType().findFieldByName("index")))
        .map(Message.class::cast)
        .toList();
  }

  private Optional<String> difference(Message left, Message right) {
    if (allNew(left) != allNew(right)) {
      return Optional.of("which chunks are new");
    }
    for (FieldDescriptor field : left.getDescriptorForType().getFields()) {
      Optional<String> difference =
          field.isRepeated()
              ? ofLists(field, (List<?>) left.getField(field), (List<?>) right.getField(field))
              : left.hasField(field) == right.hasField(field) || isVersion(field)
                  ? ofValues(field, left.getField(field), right.getField(field))
                  : Optional.of("is in one only");
      if (difference.isPresent()) {
        return Optional.of(field.getName() + ": " + difference.get());
      }
    }
    return Optional.empty();
  }

  /** Contents are cut into different numbers of chunks, but all of each are new, or not. */
  private static boolean allNew(Message put) {
    FieldDescriptor chunks = put.getDescriptorForType().findFieldByName(CHUNKS);
    FieldDescriptor fresh = put.getDescriptorForType().findFieldByName(NEW_CHUNKS);
    return chunks == null || fresh == null || put.getField(chunks).equals(put.getField(fresh));
  }

  private Optional<String> ofLists(FieldDescriptor field, List<?> left, List<?> right) {
    if (left.size() != right.size()) {
      return Optional.of(left.size() + " and " + right.size() + " of them");
    }
    for (int i = 0; i < left.size(); i++) {
      Optional<String> difference = ofValues(field, left.get(i), right.get(i));
      if (difference.isPresent()) {
        return difference;
      }
    }
    return Optional.empty();
  }

  private Optional<String> ofValues(FieldDescriptor field, Object left, Object right) {
    if (isVersion(field)) {
      return Optional.empty();
    }
    if (left instanceof Message message) {
      return difference(message, (Message) right);
    }
    boolean same =
        switch (left) {
          case String text ->
              isDrawn(field)
                  ? text.isEmpty() == ((String) right).isEmpty()
                  : same(text, (String) right);
          case ByteString bytes ->
              isDrawn(field)
                  ? bytes.isEmpty() == ((ByteString) right).isEmpty()
                  : bytes.equals(right) || same(bytes.toStringUtf8(), text(right));
          default -> isDrawn(field) || Objects.equals(left, right);
        };
    return same ? Optional.empty() : Optional.of(left + " and " + right);
  }

  private boolean isDrawn(FieldDescriptor field) {
    return DRAWN.contains(field.getName())
        || (!ids.areLasting() && OF_CONTENT.contains(field.getName()));
  }

  private static boolean isVersion(FieldDescriptor field) {
    return VERSIONS.contains(field.getName()) || VERSIONS.contains(field.getFullName());
  }

  private static String text(Object bytes) {
    return ((ByteString) bytes).toStringUtf8();
  }

  private boolean same(String leftText, String rightText) {
    if (leftText.equals(rightText)) {
      return true;
    }
    String left = VERSION.matcher(leftText).replaceAll("version");
    String right = VERSION.matcher(rightText).replaceAll("version");
    String translated = left;
    for (Map.Entry<String, String> each : renamed) {
      translated = translated.replace(each.getKey(), each.getValue());
    }
    return translated.equals(right) || ids.same(translated, right);
  }
}
