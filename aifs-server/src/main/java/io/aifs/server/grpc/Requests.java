package io.aifs.server.grpc;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.MessageLite;
import io.aifs.core.AifsException;
import io.aifs.core.Limits;
import io.aifs.core.Reason;
import io.aifs.core.address.Ref;
import io.aifs.core.model.AssetFilter;
import io.aifs.core.model.AssetKind;
import io.aifs.core.model.FileAttributes;
import io.aifs.core.model.Name;
import io.aifs.core.model.ParentEdge;
import io.aifs.core.model.SnapshotId;
import io.aifs.core.model.Timestamps;
import io.aifs.core.model.TreePath;
import io.aifs.crypto.Digest;
import io.aifs.proto.v1.ListAssetsRequest;
import io.aifs.proto.v1.ReadRange;
import io.aifs.server.catalog.RequestKey;
import io.aifs.server.engine.ContentRange;
import io.aifs.server.engine.WriteRequest;
import io.aifs.server.grpc.gate.CallScope;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * From fields of requests to the model. What is malformed is {@code INVALID_ARGUMENT} and names the
 * field.
 */
final class Requests {
  private Requests() {}

  static Digest assetId(String field, String value) {
    return parsed(
        Reason.ASSET_ID_INVALID,
        field,
        "an asset id is 64 lower-case hex digits, as 'b3sum' prints them",
        () -> Digest.parse(value));
  }

  static List<Digest> assetIds(String field, List<String> values) {
    requireBatch(field, values.size());
    List<Digest> ids = new ArrayList<>(values.size());
    for (String value : values) {
      ids.add(assetId(field, value));
    }
    return ids;
  }

  /** Digests that came one after the other. */
  static List<Digest> digests(String field, ByteString value) {
    if (value.size() % Digest.BYTES != 0) {
      throw invalid(
          Reason.ARGUMENT_INVALID,
          field,
          field + " has " + value.size() + " bytes, which is no number of whole digests",
          "send 32 bytes for each digest");
    }
    requireBatch(field, value.size() / Digest.BYTES);
    List<Digest> digests = new ArrayList<>(value.size() / Digest.BYTES);
    for (int at = 0; at < value.size(); at += Digest.BYTES) {
      digests.add(Digest.fromBytes(value.substring(at, at + Digest.BYTES).toByteArray()));
    }
    return digests;
  }

  static List<ContentRange> ranges(String field, List<ReadRange> values) {
    requireBatch(field, values.size());
    List<ContentRange> ranges = new ArrayList<>(values.size());
    for (ReadRange value : values) {
      Digest asset = assetId(field + "[" + ranges.size() + "].asset_id", value.getAssetId());
      Optional<Long> length = value.hasLength() ? Optional.of(value.getLength()) : Optional.empty();
      ranges.add(new ContentRange(asset, value.getOffset(), length));
    }
    return ranges;
  }

  /** The kind by its number, which may be one that this build does not know. */
  static AssetKind kind(int number) {
    return parsed(
        Reason.KIND_UNKNOWN,
        "kind",
        "the kinds are BLOB 0, TENSOR 1, EMBED 2, ARTIFACT 3",
        () -> AssetKind.ofCode(number));
  }

  static Name name(String field, String value) {
    return parsed(
        Reason.ARGUMENT_INVALID,
        field,
        "use 1 to 63 of a-z, 0-9, '.', '_' and '-', beginning with a letter or digit",
        () -> new Name(value));
  }

  static Name branch(String value) {
    return value.isEmpty() ? Name.MAIN_BRANCH : name("branch", value);
  }

  /** What a ref field says; empty means branch main. */
  static Ref ref(String field, String value) {
    return value.isEmpty()
        ? Ref.MAIN
        : parsed(
            Reason.ADDRESS_INVALID,
            field,
            "write a branch, a tag, snap:ID, REF~N or BRANCH@{TIME}",
            () -> Ref.parse(value));
  }

  static SnapshotId snapshotId(String field, String value) {
    return parsed(
        Reason.SNAPSHOT_ID_INVALID,
        field,
        "a snapshot id is 32 lower-case hex digits",
        () -> new SnapshotId(value));
  }

  /** The same of a field that may be empty. */
  static Optional<SnapshotId> optionalSnapshotId(String field, String value) {
    return value.isEmpty() ? Optional.empty() : Optional.of(snapshotId(field, value));
  }

  static TreePath path(String field, String value) {
    return parsed(
        Reason.PATH_INVALID,
        field,
        "write names joined by '/', without a leading slash, '.' or '..'",
        () -> new TreePath(value));
  }

  static List<TreePath> paths(String field, List<String> values) {
    requireBatch(field, values.size());
    List<TreePath> paths = new ArrayList<>(values.size());
    for (String value : values) {
      paths.add(path(field, value));
    }
    return paths;
  }

  static List<ParentEdge> parents(String field, List<io.aifs.proto.v1.ParentEdge> edges) {
    if (edges.size() > Limits.PARENTS_MAX) {
      throw invalid(
          Reason.LIMIT_EXCEEDED,
          field,
          "there are over " + Limits.PARENTS_MAX + " parents",
          "group the parents into an artifact and name that");
    }
    List<ParentEdge> parents = new ArrayList<>(edges.size());
    for (int at = 0; at < edges.size(); at++) {
      String one = field + "[" + at + "]";
      io.aifs.proto.v1.ParentEdge edge = edges.get(at);
      Digest parent = assetId(one + ".parent_asset_id", edge.getParentAssetId());
      parents.add(
          parsed(
              Reason.ARGUMENT_INVALID,
              one,
              "shorten it",
              () -> new ParentEdge(parent, edge.getTransformName(), edge.getTransformDigest())));
    }
    return parents;
  }

  static FileAttributes attributes(String field, int mode, long mtimeNanos) {
    return parsed(
        Reason.ARGUMENT_INVALID,
        field,
        "send the permission bits only",
        () -> new FileAttributes(mode, mtimeNanos));
  }

  static byte[] embedding(ByteString value) {
    if (value.size() % Float.BYTES != 0 || value.size() > Limits.EMBEDDING_BYTES_MAX) {
      throw invalid(
          Reason.ARGUMENT_INVALID,
          "embedding",
          "the embedding has "
              + value.size()
              + " bytes: it must be little-endian float32 values, at most "
              + Limits.EMBEDDING_BYTES_MAX
              + " bytes",
          "send 4 bytes for each dimension");
    }
    return value.toByteArray();
  }

  static AssetFilter assetFilter(ListAssetsRequest request) {
    Optional<Instant> from = optionalTime("created_from", request.getCreatedFrom());
    Optional<Instant> before = optionalTime("created_before", request.getCreatedBefore());
    Set<AssetKind> kinds = new HashSet<>();
    request.getKindsValueList().forEach(number -> kinds.add(kind(number)));
    String prefix = request.getIdPrefix();
    return parsed(
        Reason.ARGUMENT_INVALID,
        "id_prefix, created_from, created_before",
        "send hex digits, and times of which the second is later",
        () ->
            new AssetFilter(
                prefix.isEmpty() ? Optional.empty() : Optional.of(prefix),
                from,
                before,
                kinds,
                request.getMetadataMap()));
  }

  private static Optional<Instant> optionalTime(String field, String value) {
    return value.isEmpty()
        ? Optional.empty()
        : Optional.of(
            parsed(
                Reason.ARGUMENT_INVALID,
                field,
                "write a time as in 2026-11-26T08:00:00Z",
                () -> Timestamps.parseAny(value)));
  }

  /** A page size: 0 means {@code otherwise}, more than {@code most} means that. */
  static int limit(String field, int value, int otherwise, int most) {
    int limit = notNegative(field, value);
    return limit == 0 ? otherwise : Math.min(limit, most);
  }

  /** How many entries to leave out, which only makes sense without a page token. */
  static int offset(int value, String pageToken) {
    int offset = notNegative("offset", value);
    if (offset > 0 && !pageToken.isEmpty()) {
      throw invalid(
          Reason.ARGUMENT_INVALID,
          "offset",
          "the request has both an offset and a page token",
          "send one of them");
    }
    return offset;
  }

  private static int notNegative(String field, int value) {
    if (value < 0) {
      throw invalid(
          Reason.ARGUMENT_INVALID, field, field + " is negative: " + value, "send 0 or more");
    }
    return value;
  }

  /** Returns if a request names no more than it may at once. */
  static void requireBatch(String field, int size) {
    if (size > Limits.BATCH_ENTRIES_MAX) {
      throw invalid(
          Reason.LIMIT_EXCEEDED,
          field,
          field + " has " + size + " entries, over " + Limits.BATCH_ENTRIES_MAX,
          "split the call");
    }
  }

  /**
   * The identity of a write call whose message carries a request id.
   *
   * @param message all of the request that matters, serialised deterministically here
   */
  static Optional<WriteRequest> writeRequest(
      String requestId, Name namespace, String method, MessageLite message) {
    String scope = namespace + " " + CallScope.current().caller().family();
    return writeRequestIn(scope, requestId, method, message);
  }

  /**
   * The same for a call that is in no namespace.
   *
   * @param scope who shares request ids
   */
  static Optional<WriteRequest> writeRequestIn(
      String scope, String requestId, String method, MessageLite message) {
    if (requestId.isEmpty()) {
      return Optional.empty();
    }
    if (requestId.getBytes(StandardCharsets.UTF_8).length > Limits.REQUEST_ID_BYTES_MAX) {
      throw invalid(
          Reason.LIMIT_EXCEEDED,
          "request_id",
          "the request id is over " + Limits.REQUEST_ID_BYTES_MAX + " bytes",
          "use a UUID");
    }
    return Optional.of(
        new WriteRequest(
            new RequestKey(scope, method, requestId), Digest.of(deterministicBytes(message))));
  }

  private static byte[] deterministicBytes(MessageLite message) {
    byte[] bytes = new byte[message.getSerializedSize()];
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    out.useDeterministicSerialization();
    try {
      message.writeTo(out);
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory failed", e);
    }
    return bytes;
  }

  static AifsException.InvalidRequest invalid(
      Reason reason, String field, String message, String hint) {
    return new AifsException.InvalidRequest(reason, field, message, hint);
  }

  /** Names the field when the model refuses a value. */
  static <T> T parsed(Reason reason, String field, String hint, Supplier<T> parse) {
    try {
      return parse.get();
    } catch (IllegalArgumentException e) {
      throw invalid(reason, field, field + ": " + e.getMessage(), hint);
    }
  }
}
