package io.aifs.server.engine;

import io.aifs.core.AifsException;
import io.aifs.core.manifest.ManifestReader;
import io.aifs.crypto.Blake3Groups;
import io.aifs.crypto.Digest;
import io.aifs.crypto.Hasher;
import io.aifs.crypto.ProofCache;
import io.aifs.crypto.ProvenContent;
import io.aifs.crypto.RangeProof;
import io.aifs.crypto.RangeProver;
import java.io.IOException;

/**
 * Proves ranges of an asset from the chaining values that its manifest keeps and, where it keeps
 * none, from its content. Not thread-safe.
 */
public final class ContentProver {
  private final Digest asset;
  private final RangeProver prover;

  ContentProver(ContentReader reader, ProofCache cache) {
    this.asset = reader.info().id();
    try {
      this.prover = new RangeProver(new Source(reader, reader.manifest()), cache);
    } catch (IOException e) {
      throw Failures.reading(asset, e);
    }
  }

  /**
   * Proves a range that the content has.
   *
   * @throws AifsException.Corrupt if what it takes is damaged or missing
   */
  public RangeProof prove(long offset, long length) {
    try {
      return prover.prove(offset, length);
    } catch (IOException e) {
      throw Failures.reading(asset, e);
    }
  }

  private record Source(ContentReader reader, ManifestReader manifest) implements ProvenContent {
    @Override
    public Digest id() {
      return reader.info().id();
    }

    @Override
    public long size() {
      return reader.info().size();
    }

    @Override
    public byte[] groupValues(long firstGroup, int count) throws IOException {
      if (manifest.chainingValueCount() > 0) {
        return manifest.chainingValues(firstGroup, count);
      }
      byte[] values = new byte[count * Digest.BYTES]; // small assets keep none
      for (int i = 0; i < count; i++) {
        long start = (firstGroup + i) * Hasher.GROUP_BYTES;
        byte[] group = bytes(start, (int) Math.min(Hasher.GROUP_BYTES, size() - start));
        byte[] value = Blake3Groups.groupChainingValue(group, 0, group.length, firstGroup + i);
        System.arraycopy(value, 0, values, i * Digest.BYTES, Digest.BYTES);
      }
      return values;
    }

    @Override
    public byte[] bytes(long offset, int length) throws IOException {
      byte[] bytes = new byte[length];
      int[] filled = new int[1];
      reader.read(
          offset,
          length,
          (piece, from, count) -> {
            System.arraycopy(piece, from, bytes, filled[0], count);
            filled[0] += count;
          });
      return bytes;
    }
  }
}
