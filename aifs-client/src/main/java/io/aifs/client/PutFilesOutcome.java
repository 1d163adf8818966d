package io.aifs.client;

import io.aifs.crypto.Digest;
import java.util.List;
import java.util.Optional;

/** What a batched put did; {@code files} is in the order of the request. */
public record PutFilesOutcome(
    List<FileOutcome> files, long storedBytes, long chunks, long newChunks, long version) {
  public PutFilesOutcome {
    files = List.copyOf(files);
  }

  /**
   * What became of one.
   *
   * @param id empty for links and directories
   * @param payloadProblem as of {@link PutOutcome}
   */
  public record FileOutcome(Optional<Digest> id, boolean newContent, String payloadProblem) {
    /** One of content with which nothing is wrong. */
    public FileOutcome(Optional<Digest> id, boolean newContent) {
      this(id, newContent, "");
    }
  }
}
