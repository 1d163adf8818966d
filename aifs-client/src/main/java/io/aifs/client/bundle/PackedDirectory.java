package io.aifs.client.bundle;

import io.aifs.core.AifsException;
import io.aifs.core.Reason;
import io.aifs.schemas.artifact.ArtifactCodec;
import io.aifs.schemas.artifact.ArtifactManifest;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A directory as an artifact, in a temporary file, so that it can be read again when a connection
 * breaks.
 */
final class PackedDirectory implements AutoCloseable {
  private final Path file;

  private PackedDirectory(Path file) {
    this.file = file;
  }

  /**
   * Packs all files below a directory.
   *
   * @throws AifsException.InvalidRequest if an artifact cannot hold them
   */
  static PackedDirectory of(Path directory, String name) throws IOException {
    PackedDirectory packed = new PackedDirectory(Files.createTempFile("aifs-", ".zip"));
    boolean complete = false;
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(packed.file))) {
      var _ =
          ArtifactCodec.pack(
              directory,
              new ArtifactManifest(name, List.of(), List.of(), List.of(), Map.of()),
              out);
      complete = true;
    } catch (IllegalArgumentException e) {
      throw new AifsException.InvalidRequest(
          Reason.PAYLOAD_INVALID,
          "file",
          directory + " cannot become an artifact: " + e.getMessage(),
          "'aifs put' takes any directory");
    } finally {
      if (!complete) {
        packed.close();
      }
    }
    return packed;
  }

  Path file() {
    return file;
  }

  @Override
  public void close() throws IOException {
    Files.deleteIfExists(file);
  }
}
