package io.aifs.server.engine;

import io.aifs.core.AifsException;
import io.aifs.core.Limits;
import io.aifs.core.Reason;
import java.io.IOException;
import java.util.Optional;

/**
 * One upload: bytes in order, then {@link #finish}. Closing it unfinished leaves nothing visible;
 * chunks it stored are collected later. Not thread-safe.
 */
public final class PutSession implements AutoCloseable {
  /** Makes finished content visible. */
  interface Committer {
    PutResult commit(WrittenContent content, Optional<WriteRequest> request) throws IOException;
  }

  private final Runnable release;
  private final StorageQuota quota;
  private final ContentWriter writer;
  private final Committer committer;
  private long received;
  private boolean finished;

  /**
   * @param quota of the namespace, when the upload began
   */
  PutSession(Runnable release, StorageQuota quota, ContentWriter writer, Committer committer) {
    this.release = release;
    this.quota = quota;
    this.writer = writer;
    this.committer = committer;
  }

  /**
   * Takes the next bytes; the array may be reused afterwards.
   *
   * @throws AifsException.LimitExceeded if the asset grows too large or the disk is full
   */
  public void write(byte[] data, int offset, int length) {
    received += length;
    requireSize(received, quota);
    try {
      writer.write(data, offset, length);
    } catch (IOException e) {
      throw Failures.writing(e);
    }
  }

  /**
   * @throws AifsException.LimitExceeded if no asset may have so many bytes, or none there
   */
  static void requireSize(long bytes, StorageQuota quota) {
    if (bytes > Limits.ASSET_BYTES_MAX) {
      throw new AifsException.LimitExceeded(
          Reason.LIMIT_EXCEEDED,
          "the asset is over " + Limits.ASSET_BYTES_MAX + " bytes",
          "split it into several assets");
    }
    quota.requireFits(bytes);
  }

  /** Makes the asset durable and visible. */
  public PutResult finish(Optional<WriteRequest> request) {
    try {
      PutResult result = committer.commit(writer.finish(), request);
      finished = true;
      release.run();
      return result;
    } catch (IOException e) {
      throw Failures.writing(e);
    }
  }

  @Override
  public void close() {
    try {
      if (!finished) {
        writer.abandon();
      }
    } finally {
      release.run();
    }
  }
}
