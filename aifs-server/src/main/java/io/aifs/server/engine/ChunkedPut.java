package io.aifs.server.engine;

import io.aifs.core.AifsException;
import io.aifs.core.Reason;
import io.aifs.core.chunk.ChunkMalformedException;
import io.aifs.core.chunk.ChunkerParameters;
import io.aifs.core.chunk.Codec;
import io.aifs.core.chunk.Compressed;
import io.aifs.core.chunk.ReceivedFrame;
import io.aifs.crypto.Digest;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One upload of chunks in the order of the content, each sent or claimed, then {@link #finish}.
 * Closing it unfinished leaves nothing visible, but what was sent stays in the packs until it is
 * collected, so that another try need not send it again. Not thread-safe.
 */
public final class ChunkedPut implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(ChunkedPut.class.getName());

  /** What chunks may come in beside {@link Codec#STORED} and {@link Codec#ZSTD}. */
  public static final List<Codec> FURTHER_CODECS =
      List.of(Codec.PLANES_2, Codec.PLANES_4, Codec.PLANES_8);

  /** After so much that is new it is made to outlast a crash of this process. */
  private static final long KEPT_EVERY_BYTES = 256L << 20;

  /** Makes chunks that were stored outlast a crash, visible or not. */
  interface Keeper {
    void keep() throws IOException;
  }

  private final Runnable release;
  private final StorageQuota quota;
  private final ChunkerParameters rules;
  private final ClaimedChunks claims;
  private final ChunkAssembler assembler;
  private final PutSession.Committer committer;
  private final Keeper keeper;
  private long keptBytes;

  /** How many of the last chunks are shorter than the rules like, one behind the other. */
  private int shortChunks;

  private boolean finished;

  /**
   * @param quota of the namespace, when the upload began
   */
  ChunkedPut(
      Runnable release,
      StorageQuota quota,
      ChunkerParameters rules,
      ClaimedChunks claims,
      ChunkAssembler assembler,
      PutSession.Committer committer,
      Keeper keeper) {
    this.release = release;
    this.quota = quota;
    this.rules = rules;
    this.claims = claims;
    this.assembler = assembler;
    this.committer = committer;
    this.keeper = keeper;
  }

  /**
   * Those of {@code digests} that are to be sent. The others may be claimed, whatever is collected
   * meanwhile.
   */
  public Set<Digest> ask(List<Digest> digests) {
    return claims.ask(digests);
  }

  /**
   * Takes the next chunk as it is to be stored; the frame's array is kept.
   *
   * @throws AifsException.InvalidRequest if it is not what it says, or the rules do not allow it
   * @throws AifsException.LimitExceeded if the asset grows too large or the disk is full
   */
  public void send(Compressed frame, int plainBytes) {
    requireLength(plainBytes);
    if (!isForUploads(frame.codec())) {
      throw malformed("codec " + frame.codec().code() + " is not for uploads");
    }
    try {
      assembler.send(ReceivedFrame.open(frame, plainBytes), frame);
      if (assembler.storedBytes() - keptBytes >= KEPT_EVERY_BYTES) {
        keptBytes = assembler.storedBytes();
        keeper.keep();
      }
    } catch (ChunkMalformedException e) {
      throw malformed(String.valueOf(e.getMessage()));
    } catch (IOException e) {
      throw Failures.writing(e);
    }
  }

  private static boolean isForUploads(Codec codec) {
    return codec == Codec.STORED || codec == Codec.ZSTD || FURTHER_CODECS.contains(codec);
  }

  /**
   * Takes a chunk that is there as the next.
   *
   * @throws AifsException.Precondition if some chunk claimed before is not there for this caller
   * @throws AifsException.InvalidRequest if one has another length, or the rules do not allow it
   */
  public void claim(Digest digest, int plainBytes) {
    requireLength(plainBytes);
    try {
      assembler.claim(digest, plainBytes);
    } catch (IOException e) {
      throw Failures.writing(e);
    }
  }

  private void requireLength(int plainBytes) {
    if (plainBytes < 1 || plainBytes > rules.bytesMax()) {
      throw malformed("a chunk is outside 1.." + rules.bytesMax() + " bytes: " + plainBytes);
    }
    if (shortChunks > 1) {
      throw malformed(
          "two chunks of under "
              + rules.bytesMin()
              + " bytes follow each other, and are not the last of the content");
    }
    shortChunks = plainBytes < rules.bytesMin() ? shortChunks + 1 : 0;
    PutSession.requireSize(assembler.size() + plainBytes, quota);
  }

  private static AifsException.InvalidRequest malformed(String what) {
    return new AifsException.InvalidRequest(
        Reason.ARGUMENT_INVALID,
        "chunks",
        what,
        "cut the content as the namespace's rules say, and send each chunk in one frame");
  }

  /**
   * Makes the asset durable and visible.
   *
   * @param expected the id that the sender computed
   * @throws AifsException.InvalidRequest if the chunks make another asset
   */
  public PutResult finish(Digest expected, Optional<WriteRequest> request) {
    try {
      WrittenContent content = assembler.finish();
      if (!content.id().equals(expected)) {
        throw new AifsException.InvalidRequest(
            Reason.ARGUMENT_INVALID,
            "asset_id",
            "the chunks make asset " + content.id() + ", not " + expected,
            "send the chunks in the order of the content, and put it again");
      }
      PutResult result = committer.commit(content, request);
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
        keepReceived();
      }
    } finally {
      release.run();
    }
  }

  /** The upload is given up: if this fails, the next try sends more, and that is all. */
  private void keepReceived() {
    finished = true;
    try {
      assembler.abandon();
      if (assembler.storedBytes() > keptBytes) {
        keeper.keep();
      }
    } catch (IOException | AifsException e) {
      LOG.log(
          System.Logger.Level.DEBUG, "chunks of a broken upload are not kept: " + e.getMessage());
    }
  }
}
