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
    return verify(namespace, id, () -> {});
  }

  /**
   * The same, calling {@code onward} at each piece that was read.
   *
   * @param onward may throw to end it
   */
  Verdict verify(NamespaceRow namespace, Digest id, Runnable onward) {
    ContentReader reader = assets.reader(namespace, assets.require(namespace, id));
    long size = reader.info().size();
    Hasher hasher = new Hasher();
    try {
      KeptValues kept = new KeptValues(reader.manifest());
      reader.read(
          0,
          size,
          (bytes, offset, length) -> {
            onward.run();
            hasher.update(bytes, offset, length);
            kept.compare(hasher.takeGroupChainingValues(false));
          });
      kept.compare(hasher.takeGroupChainingValues(true));
      Digest computed = hasher.finish();
      if (!computed.equals(id)) {
        return new Verdict(
            false, "the content has digest " + computed, Optional.of(computed), size);
      }
      if (!kept.allEqual()) {
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

  /** The chaining values kept with an asset, compared as they are computed anew. */
  private static final class KeptValues {
    private final ManifestReader manifest;
    private final long count;
    private long position;
    private boolean equal = true;

    KeptValues(ManifestReader manifest) {
      this.manifest = manifest;
      this.count = manifest.chainingValueCount();
    }

    void compare(byte[] computed) throws IOException {
      int values = computed.length / Digest.BYTES;
      if (count == 0 || values == 0 || !equal) {
        return; // small assets keep none
      }
      equal =
          position + values <= count
              && Arrays.equals(manifest.chainingValues(position, values), computed);
      position += values;
    }

    boolean allEqual() {
      return equal && (count == 0 || position == count);
    }
  }
}
