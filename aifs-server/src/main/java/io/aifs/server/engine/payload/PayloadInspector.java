package io.aifs.server.engine.payload;

import static java.util.Objects.requireNonNull;

import io.aifs.core.AifsException;
import io.aifs.core.Reason;
import io.aifs.core.model.AssetKind;
import io.aifs.schemas.ByteSource;
import io.aifs.schemas.PayloadInvalidException;
import io.aifs.server.chunk.Chunk;
import java.io.IOException;
import java.util.List;

/** Looks at content before it becomes visible. Thread-safe. */
public final class PayloadInspector {
  private static final String HINT =
      "correct the content, or put it with kind BLOB, which may be anything";

  private final PayloadCheck check;

  public PayloadInspector(PayloadCheck check) {
    this.check = requireNonNull(check, "check is null");
  }

  /** Takes the chunks of vectors, in batches; they are not changed afterwards. */
  @FunctionalInterface
  public interface VectorSink {
    void store(List<Chunk> chunks) throws IOException;
  }

  /** What is put, and where its vectors go if it has some. */
  public record Subject(AssetKind kind, ByteSource content, String name, VectorSink vectors) {
    /**
     * @param name what to call it in a message; may be empty
     */
    public Subject {
      requireNonNull(kind, "kind is null");
      requireNonNull(content, "content is null");
      requireNonNull(name, "name is null");
      requireNonNull(vectors, "vectors is null");
    }
  }

  /**
   * What there is to say of the content.
   *
   * @throws AifsException.InvalidRequest if it is not what its kind demands, and the mode is {@link
   *     PayloadMode#STRICT}
   * @throws IOException if the content cannot be read, or its vectors not be stored, which says
   *     nothing about them
   */
  public PayloadFinding inspect(PayloadMode mode, Subject subject) throws IOException {
    if (subject.kind() == AssetKind.BLOB) {
      return PayloadFinding.VALID;
    }
    if (mode == PayloadMode.OFF) {
      return PayloadFinding.UNCHECKED;
    }
    PayloadFinding finding = look(subject);
    if (mode == PayloadMode.STRICT && !finding.valid()) {
      throw refusal(subject.name(), subject.kind(), finding.problem());
    }
    return finding;
  }

  private PayloadFinding look(Subject subject) throws IOException {
    try {
      check.require(subject.kind(), subject.content());
      return subject.kind() == AssetKind.EMBED
          ? PayloadFinding.valid(
              VectorStaging.stage(check.vectors(subject.content()), subject.vectors()))
          : PayloadFinding.VALID;
    } catch (PayloadInvalidException e) {
      return PayloadFinding.invalid(String.valueOf(e.getMessage()));
    }
  }

  /**
   * What is thrown about content that is not what its kind demands.
   *
   * @param name what to call it; may be empty
   */
  public static AifsException.InvalidRequest refusal(String name, AssetKind kind, String problem) {
    return new AifsException.InvalidRequest(
        Reason.PAYLOAD_INVALID,
        "content",
        (name.isEmpty() ? "" : "'" + name + "': ")
            + "the content is not what kind "
            + kind
            + " demands: "
            + problem,
        HINT);
  }
}
