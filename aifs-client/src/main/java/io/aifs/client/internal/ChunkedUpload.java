package io.aifs.client.internal;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import io.aifs.client.Content;
import io.aifs.client.PutOptions;
import io.aifs.client.PutOutcome;
import io.aifs.core.Limits;
import io.aifs.core.Reason;
import io.aifs.core.chunk.ChunkCompressor;
import io.aifs.core.chunk.Compressed;
import io.aifs.core.chunk.RecentDigests;
import io.aifs.core.model.Name;
import io.aifs.crypto.Digest;
import io.aifs.proto.v1.ClaimedChunk;
import io.aifs.proto.v1.ContentChunk;
import io.aifs.proto.v1.ContentGrpc;
import io.aifs.proto.v1.PutAssetResponse;
import io.aifs.proto.v1.PutChunksRequest;
import io.aifs.proto.v1.PutChunksResponse;
import io.aifs.proto.v1.SentChunk;
import io.grpc.MethodDescriptor;
import io.grpc.StatusException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.BitSet;
import java.util.Optional;

/**
 * One logical put that asks first: the same request id over all its attempts, each of which reads
 * the whole content and sends the chunks that the store does not have by then. While a window is
 * compressed and sent, the next is read and asked about.
 */
final class ChunkedUpload {
  private static final MethodDescriptor<PutChunksRequest, PutChunksResponse> METHOD =
      ContentGrpc.getPutChunksMethod();

  /** Claims are small: this bounds what a message of nothing else makes a server read. */
  private static final int CHUNKS_PER_MESSAGE = 64;

  /** Chunks that were sent so lately that the server did not know them when it was asked. */
  private static final int SENT_LATELY = 1_024;

  private final Caller caller;
  private final Name namespace;
  private final PutOptions options;
  private final Content content;
  private final UploadRules rules;
  private final CallContext context;
  private final Backoff backoff;

  /** Where the first missing chunk was in the attempt that found it furthest on. */
  private long furthest;

  ChunkedUpload(
      Caller caller, Name namespace, PutOptions options, Content content, UploadRules rules) {
    this.caller = caller;
    this.namespace = namespace;
    this.options = options;
    this.content = content;
    this.rules = rules;
    this.context = caller.newContext(METHOD);
    this.backoff = caller.newBackoff();
  }

  PutOutcome run() {
    while (true) {
      try (UploadTurns.Turn _ = caller.uploads().take();
          InputStream in = content.open()) {
        return new Attempt(in).run();
      } catch (InterruptedException _) {
        throw FailureMapper.interrupted(context);
      } catch (IOException e) {
        throw FailureMapper.unreadable(context, e);
      } catch (StatusException e) {
        Failure failure = FailureMapper.of(e, context);
        if (!content.repeatable()) {
          throw failure.exception();
        }
        caller.awaitRetry(backoff, again(failure), context);
      }
    }
  }

  /** What was claimed and turned out not to be there is sent by the next attempt, which asks. */
  private static Failure again(Failure failure) {
    return failure.exception().reason() == Reason.CHUNK_NOT_HELD
        ? new Failure(failure.exception(), true, Duration.ZERO)
        : failure;
  }

  /** An attempt gets as far as the first chunk that earlier ones did not bring over. */
  private void reached(long offset) {
    if (offset > furthest) {
      furthest = offset;
      backoff.reset();
    }
  }

  private final class Attempt {
    private final WindowReader reader;
    private final Exchange<PutChunksRequest, PutChunksResponse> exchange;
    private final RecentDigests sent = new RecentDigests(SENT_LATELY);
    private PutChunksRequest.Builder message = PutChunksRequest.newBuilder();
    private int messageBytes;
    private boolean foundMissing;

    /** Set once the server has ended the call, with an answer or a failure. */
    private boolean ended;

    Attempt(InputStream in) {
      this.reader = new WindowReader(in, rules);
      this.exchange = caller.transfer(METHOD, context);
    }

    PutOutcome run() throws IOException, StatusException {
      try (WindowPump windows = new WindowPump(reader);
          ChunkCompressor compressor = new ChunkCompressor()) {
        exchange.send(
            PutChunksRequest.newBuilder()
                .setHeader(
                    ToWire.put(namespace, options, context.requestId())
                        .setTransaction(caller.transaction()))
                .build(),
            false);
        Digest id = sendAll(windows, compressor);
        return checked(result(), id);
      } catch (InterruptedException _) {
        throw FailureMapper.interrupted(context);
      } catch (StalledException e) {
        throw FailureMapper.stalled(e, context);
      } finally {
        exchange.cancel("the put was given up");
      }
    }

    private Digest sendAll(WindowPump windows, ChunkCompressor compressor)
        throws IOException, InterruptedException, StalledException, StatusException {
      WindowReader.Window window = next(windows);
      ask(window);
      while (!window.isLast() && !ended) {
        WindowReader.Window next = next(windows);
        ask(next);
        send(window, compressor);
        window = next;
      }
      send(window, compressor);
      Digest id = window.whole().orElse(Digest.of(new byte[0]));
      message.setAssetId(id.hex());
      flush();
      if (!ended) {
        exchange.finishSending();
      }
      return id;
    }

    /** Waits for a slow source, and has the server know that this side is alive. */
    private WindowReader.Window next(WindowPump windows)
        throws IOException, InterruptedException, StalledException {
      Duration patience = caller.stallTimeout().dividedBy(4);
      Optional<WindowReader.Window> window = windows.next(patience);
      while (window.isEmpty()) {
        flush();
        window = windows.next(patience);
      }
      return window.get();
    }

    private void ask(WindowReader.Window window) throws InterruptedException, StalledException {
      if (!window.pieces().isEmpty()) {
        message.setAsked(ToWire.digests(window.digests()));
        flush();
      }
    }

    private void send(WindowReader.Window window, ChunkCompressor compressor)
        throws InterruptedException, StalledException, StatusException {
      if (window.pieces().isEmpty() || ended) {
        return;
      }
      BitSet missing = StoreRules.bits(answer().getMissing());
      long offset = window.start();
      for (int at = 0; at < window.pieces().size() && !ended; at++) {
        WindowReader.Piece piece = window.pieces().get(at);
        foundMissing |= missing.get(at);
        offset += piece.length();
        if (!foundMissing) {
          reached(offset);
        }
        boolean needed = missing.get(at) && !sent.contains(piece.digest());
        add(needed ? sent(piece, compressor) : claimed(piece));
      }
      flush();
    }

    private ContentChunk sent(WindowReader.Piece piece, ChunkCompressor compressor) {
      sent.add(piece.digest());
      Compressed frame = rules.compress(compressor, piece);
      ByteString payload =
          UnsafeByteOperations.unsafeWrap(frame.bytes(), frame.offset(), frame.length());
      messageBytes += frame.length();
      return ContentChunk.newBuilder()
          .setSent(
              SentChunk.newBuilder()
                  .setCodec(frame.codec().code())
                  .setPlainBytes(piece.length())
                  .setPayload(payload))
          .build();
    }

    private static ContentChunk claimed(WindowReader.Piece piece) {
      return ContentChunk.newBuilder()
          .setClaimed(
              ClaimedChunk.newBuilder()
                  .setDigest(UnsafeByteOperations.unsafeWrap(piece.digest().toBytes()))
                  .setPlainBytes(piece.length()))
          .build();
    }

    private void add(ContentChunk chunk) throws InterruptedException, StalledException {
      message.addChunks(chunk);
      if (messageBytes >= Limits.FRAME_BYTES || message.getChunksCount() >= CHUNKS_PER_MESSAGE) {
        flush();
      }
    }

    /** Sends what the message holds, which may be nothing, once the transport has room. */
    private void flush() throws InterruptedException, StalledException {
      ended = ended || !exchange.awaitReady(caller.stallTimeout());
      if (!ended) {
        exchange.send(message.build(), false);
      }
      message = PutChunksRequest.newBuilder();
      messageBytes = 0;
    }

    private PutChunksResponse answer()
        throws InterruptedException, StalledException, StatusException {
      return exchange
          .next(caller.stallTimeout())
          .orElseThrow(() -> FailureMapper.nonsense(context, "an answer is missing", null));
    }

    /** The last answer; a failure comes behind answers that nobody waits for any more. */
    private PutAssetResponse result()
        throws InterruptedException, StalledException, StatusException {
      PutChunksResponse last = PutChunksResponse.getDefaultInstance();
      Duration patience = AnswerPatience.of(caller.stallTimeout(), options.kind(), reader.length());
      Optional<PutChunksResponse> answer = exchange.next(patience);
      while (answer.isPresent()) {
        last = answer.get();
        answer = exchange.next(patience);
      }
      if (ended || !last.hasResult()) {
        throw FailureMapper.nonsense(context, "it came before all was sent", null);
      }
      return last.getResult();
    }

    private PutOutcome checked(PutAssetResponse result, Digest sentId) {
      PutOutcome outcome = Caller.decoded(result, FromWire::put, context);
      if (!outcome.id().equals(sentId) || outcome.size() != reader.length()) {
        throw FailureMapper.otherTaken(outcome.id(), sentId, context);
      }
      return outcome;
    }
  }
}
