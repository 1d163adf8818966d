package io.aifs.client.bundle;

import io.aifs.client.AifsClient;
import io.aifs.client.ReadTarget;
import io.aifs.core.AifsException;
import io.aifs.core.Reason;
import io.aifs.schemas.PayloadInvalidException;
import io.aifs.schemas.artifact.ArtifactCodec;
import io.aifs.schemas.artifact.ArtifactManifest;
import java.io.IOException;
import java.nio.file.Path;

/** Unpacks artifacts of the store. Thread-safe. */
public final class ArtifactExport {
  private final AifsClient client;

  /**
   * @param client speaks of the artifacts' namespace
   */
  public ArtifactExport(AifsClient client) {
    this.client = client;
  }

  /**
   * Writes the files of an artifact into a directory, which is made, or is there and empty. Each is
   * verified by its digest in the manifest.
   *
   * @param bytes length of the asset
   * @return the manifest, which is not written as a file
   * @throws AifsException.Precondition if the asset is no artifact
   * @throws IOException if a file cannot be written, or is damaged
   */
  public ArtifactManifest unpack(ReadTarget target, long bytes, Path directory) throws IOException {
    try {
      return ArtifactCodec.unpack(new AssetSource(client.assets(), target, bytes), directory);
    } catch (PayloadInvalidException e) {
      throw new AifsException.Precondition(
          Reason.PAYLOAD_INVALID,
          "the asset cannot be unpacked: " + e.getMessage(),
          "'aifs get' gives the bytes as they are");
    }
  }
}
