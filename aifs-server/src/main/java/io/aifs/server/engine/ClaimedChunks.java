package io.aifs.server.engine;

import io.aifs.core.AifsException;
import io.aifs.core.Reason;
import io.aifs.core.chunk.RecentDigests;
import io.aifs.crypto.Digest;
import io.aifs.crypto.RecordType;
import io.aifs.server.chunk.ChunkDamagedException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The chunks that one upload claims instead of sending them: only those count that it was told are
 * there, has sent itself, or may be told are there now. Not thread-safe.
 */
final class ClaimedChunks {
  /** Chunks read back at a time: a claim cannot make them longer than the longest chunk. */
  private static final int READ_AT_ONCE = 8;

  /** Content of 128 MiB at the shortest: far more than a client asks ahead. */
  private static final int PINNED_MAX = 8_192;

  private final HeldChunks held;

  /** None of them goes away while the upload's pin is open. */
  private final RecentDigests pinned = new RecentDigests(PINNED_MAX);

  ClaimedChunks(HeldChunks held) {
    this.held = held;
  }

  /** Those that are missing; the others may be claimed from now on. */
  Set<Digest> ask(List<Digest> digests) {
    List<Digest> unknown = new ArrayList<>(digests);
    unknown.removeIf(pinned::contains);
    Set<Digest> missing = held.missing(unknown);
    unknown.removeIf(missing::contains);
    unknown.forEach(pinned::add);
    return missing;
  }

  /** Says that the upload itself has sent these. */
  void sent(Collection<Digest> digests) {
    digests.forEach(pinned::add);
  }

  /**
   * Lets the upload count on these, which are not to be collected before its pin is closed.
   *
   * @throws AifsException.Precondition if one is not there, or this caller may not know
   */
  void require(Set<Digest> claimed) {
    Set<Digest> others = new HashSet<>(claimed);
    others.removeIf(pinned::contains);
    Set<Digest> missing = others.isEmpty() ? Set.of() : held.missing(others);
    if (!missing.isEmpty()) {
      throw notHeld(missing.iterator().next());
    }
    others.forEach(pinned::add);
  }

  /**
   * Reads the first few of {@code digests} back and verifies them.
   *
   * @throws AifsException.Precondition if one does not read: sent again, it heals
   */
  Map<Digest, byte[]> readFirst(Set<Digest> digests) throws IOException {
    List<Digest> first = digests.stream().limit(READ_AT_ONCE).toList();
    try {
      Map<Digest, byte[]> read = held.store().getAll(RecordType.CHUNK, first);
      for (Digest digest : first) {
        if (!read.containsKey(digest)) {
          throw notHeld(digest);
        }
      }
      return read;
    } catch (ChunkDamagedException e) {
      throw notHeld(e.digest());
    }
  }

  private AifsException.Precondition notHeld(Digest digest) {
    return new AifsException.Precondition(
        Reason.CHUNK_NOT_HELD,
        "chunk "
            + digest
            + " was claimed, but is not there for this token in namespace '"
            + held.namespace().name()
            + "'",
        "ask again which chunks are missing, and send them");
  }
}
