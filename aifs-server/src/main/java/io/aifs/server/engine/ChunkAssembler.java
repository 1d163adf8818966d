package io.aifs.server.engine;

import static java.util.Objects.requireNonNull;

import io.aifs.core.AifsException;
import io.aifs.core.Reason;
import io.aifs.core.chunk.Compressed;
import io.aifs.core.chunk.RegionFinder;
import io.aifs.core.manifest.ManifestBuilder;
import io.aifs.crypto.Digest;
import io.aifs.crypto.Hasher;
import io.aifs.server.chunk.Chunk;
import io.aifs.server.chunk.ChunkStore;
import io.aifs.server.model.PutTally;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Makes an asset of chunks that were cut and compressed elsewhere: those that came are stored as
 * they are, those that are claimed are read back, and all are digested in their order. While one
 * batch is sealed on the executor the caller's thread takes the next; at most two are held. Not
 * thread-safe.
 */
final class ChunkAssembler {
  private static final PutTally CLAIMED = new PutTally(1, 0, 0);

  private final BatchStorer storer;
  private final int batchBytes;
  private final ClaimedChunks claims;
  private final ContentRegions regions;
  private final TensorBases bases;
  private final Hasher hasher = new Hasher();
  private final ManifestBuilder manifest;
  private List<Part> batch = new ArrayList<>();
  private long batched;

  /** Bytes of content before the batch. */
  private long start;

  /** The next chunk of the content. */
  private sealed interface Part {
    Digest digest();

    int length();

    /** One that came, opened. */
    record Sent(Chunk chunk) implements Part {
      @Override
      public Digest digest() {
        return chunk.digest();
      }

      @Override
      public int length() {
        return chunk.length();
      }
    }

    /** One that is said to be there. */
    record Claimed(Digest digest, int length) implements Part {}
  }

  /**
   * @param regions of this content only
   * @param batchBytes content gathered before it is digested and stored
   */
  ChunkAssembler(
      ChunkStore store,
      ClaimedChunks claims,
      ContentRegions regions,
      TensorBases bases,
      Executor executor,
      int batchBytes) {
    this.storer = new BatchStorer(store, executor);
    this.claims = claims;
    this.regions = regions;
    this.bases = bases;
    this.batchBytes = batchBytes;
    this.manifest = new ManifestBuilder(storer::storePage);
  }

  /** Takes the next chunk, {@code compressed} as it is to be stored. */
  void send(byte[] plain, Compressed compressed) throws IOException {
    Digest digest = Digest.of(plain, 0, plain.length);
    Chunk chunk =
        new Chunk(digest, plain, 0, plain.length, Optional.of(compressed), Optional.empty());
    add(new Part.Sent(chunk));
  }

  /** Takes a chunk of {@code length} bytes that is there already as the next. */
  void claim(Digest digest, int length) throws IOException {
    add(new Part.Claimed(digest, length));
  }

  private void add(Part part) throws IOException {
    batch.add(part);
    batched += part.length();
    // The head comes in one batch: what it tells is told of all chunks.
    if (batched >= (regions.areKnown() ? batchBytes : headBytes())) {
      flush(false);
    }
  }

  private int headBytes() {
    return Math.max(batchBytes, RegionFinder.HEAD_BYTES_MAX);
  }

  /** Content taken so far. */
  long size() {
    return start + batched;
  }

  /** Bytes that were added to the packs so far, but for what still runs. */
  long storedBytes() {
    return storer.tally().storedBytes();
  }

  /** Stores what is left. Nothing may be taken afterwards. */
  WrittenContent finish() throws IOException {
    flush(true);
    storer.await();
    Digest id = hasher.finish();
    manifest.addChainingValues(hasher.takeGroupChainingValues(true));
    long size = manifest.size();
    return new WrittenContent(id, size, manifest.finish(id), storer.tally());
  }

  /**
   * Ends without an asset, and keeps the chunks that came: another try finds them. Nothing touches
   * the store afterwards.
   */
  void abandon() throws IOException {
    List<Chunk> rest = numbered(batch);
    batch = new ArrayList<>();
    storer.await();
    store(rest);
    storer.await();
  }

  private void flush(boolean end) throws IOException {
    digest(batch, sentAmong(batch));
    if (end) {
      regions.end();
    }
    List<Chunk> sent = numbered(batch);
    batch = new ArrayList<>(); // not before: what came is kept even if a claim is not there
    start += batched;
    batched = 0;
    storer.await();
    store(sent);
  }

  private static List<Chunk> sentAmong(List<Part> parts) {
    List<Chunk> sent = new ArrayList<>();
    for (Part part : parts) {
      if (part instanceof Part.Sent(Chunk chunk)) {
        sent.add(chunk);
      }
    }
    return sent;
  }

  /** The chunks that came, with what is known of numbers in them. */
  private List<Chunk> numbered(List<Part> parts) {
    List<Chunk> sent = new ArrayList<>();
    long position = start;
    for (Part part : parts) {
      if (part instanceof Part.Sent(Chunk chunk)) {
        sent.add(numbered(chunk, position));
      }
      position += part.length();
    }
    return sent;
  }

  private Chunk numbered(Chunk chunk, long position) {
    return new Chunk(
        chunk.digest(),
        chunk.bytes(),
        chunk.offset(),
        chunk.length(),
        chunk.compressed(),
        bases.numbers(regions.chunk(position, chunk.length()), chunk.digest(), chunk.length()));
  }

  private void digest(List<Part> parts, List<Chunk> sent) throws IOException {
    Map<Digest, byte[]> came = new HashMap<>();
    sent.forEach(chunk -> came.put(chunk.digest(), chunk.bytes()));
    Map<Digest, byte[]> read = Map.of();
    if (came.size() < parts.size()) {
      storer.await(); // what is claimed may be in the batch before
      requireClaimable(parts, came.keySet());
    }
    for (int at = 0; at < parts.size(); at++) {
      Digest digest = parts.get(at).digest();
      if (!came.containsKey(digest) && !read.containsKey(digest)) {
        read = claims.readFirst(claimed(parts.subList(at, parts.size()), came.keySet()));
      }
      byte @Nullable [] fromPacks = read.get(digest);
      take(parts.get(at), fromPacks == null ? came.get(digest) : fromPacks);
    }
    manifest.addChainingValues(hasher.takeGroupChainingValues(false));
  }

  private void requireClaimable(List<Part> parts, Set<Digest> came) {
    Set<Digest> claimed = claimed(parts, came);
    if (!claimed.isEmpty()) {
      claims.require(claimed);
    }
  }

  /** What is claimed and did not come in the same batch, in order. */
  private static Set<Digest> claimed(List<Part> parts, Set<Digest> came) {
    Set<Digest> claimed = new LinkedHashSet<>();
    for (Part part : parts) {
      if (!came.contains(part.digest())) {
        claimed.add(part.digest());
      }
    }
    return claimed;
  }

  private void take(Part part, byte @Nullable [] plain) throws IOException {
    byte[] bytes = requireNonNull(plain, "a chunk neither came nor was read");
    if (bytes.length != part.length()) {
      throw new AifsException.InvalidRequest(
          Reason.ARGUMENT_INVALID,
          "chunks",
          "chunk " + part.digest() + " has " + bytes.length + " bytes, not " + part.length(),
          "claim each chunk with the length of its content");
    }
    regions.take(bytes);
    hasher.update(bytes, 0, bytes.length);
    manifest.add(part.digest(), bytes.length);
    if (part instanceof Part.Claimed) {
      storer.count(CLAIMED);
    }
  }

  private void store(List<Chunk> sent) {
    if (!sent.isEmpty()) {
      claims.sent(sent.stream().map(Chunk::digest).toList());
      storer.begin(sent);
    }
  }
}
