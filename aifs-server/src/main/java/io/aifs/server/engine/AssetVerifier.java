package io.aifs.server.engine;

import io.aifs.core.AifsException;
import io.aifs.core.manifest.ManifestReader;
import io.aifs.crypto.Digest;
import io.aifs.crypto.Hasher;
import io.aifs.server.catalog.NamespaceRow;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;

/** Reads assets back and recomputes their ids. Thread-safe. */
public final class AssetVerifier {
  private static final int VALUES_AT_A_TIME = 1_024;

  private final AssetService assets;

  public AssetVerifier(AssetService assets) {
    this.assets = assets;
  }

  /**
   * What came of it.
   *
   * @param computed digest of what was read; empty if it could not be read to the end
   * @param message says why when it is not valid
   */
  public record Verdict(boolean valid, String message, Optional<Digest> computed, long size) {}

  /**
   * Reads all of an asset and compares.
   *
   * @throws AifsException.NotFound if it is unknown or deleted
   */
  public Verdict verify(NamespaceRow namespace, Digest id) {
    ContentReader reader = assets.open(namespace, id);
    long size = reader.info().size();
    Hasher hasher = new Hasher();
    try {
      reader.read(0, size, hasher::update);
      Digest computed = hasher.finish();
      if (!computed.equals(id)) {
        return new Verdict(
            false, "the content has digest " + computed, Optional.of(computed), size);
      }
      if (!chainingValuesMatch(reader.manifest(), hasher.groupChainingValues())) {
        return new Verdict(
            false,
            "the content is whole, but the chaining values kept with it are not",
            Optional.of(computed),
            size);
      }
      return new Verdict(true, "", Optional.of(computed), size);
    } catch (AifsException.Corrupt e) {
      return new Verdict(false, String.valueOf(e.getMessage()), Optional.empty(), size);
    } catch (IOException e) {
      return new Verdict(
          false, String.valueOf(Failures.reading(id, e).getMessage()), Optional.empty(), size);
    }
  }

  private static boolean chainingValuesMatch(ManifestReader manifest, byte[] computed)
      throws IOException {
    long kept = manifest.chainingValueCount();
    if (kept == 0) {
      return true;
    }
    if (kept * Digest.BYTES != computed.length) {
      return false;
    }
    for (long first = 0; first < kept; first += VALUES_AT_A_TIME) {
      int count = (int) Math.min(VALUES_AT_A_TIME, kept - first);
      byte[] values = manifest.chainingValues(first, count);
      int from = (int) (first * Digest.BYTES);
      if (!Arrays.equals(computed, from, from + values.length, values, 0, values.length)) {
        return false;
      }
    }
    return true;
  }
}
