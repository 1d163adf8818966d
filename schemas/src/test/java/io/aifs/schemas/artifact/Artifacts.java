package io.aifs.schemas.artifact;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.aifs.crypto.Digest;
import io.aifs.schemas.ByteSource;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Artifacts for tests. */
final class Artifacts {
  static final Digest PARENT = Digest.of("parent".getBytes(UTF_8));

  /** Says all that a manifest can say. */
  static final ArtifactManifest FULL =
      new ArtifactManifest(
          "tiny model",
          List.of(),
          List.of(
              new ArtifactDependency("torch", Optional.of("2.1"), Optional.empty()),
              new ArtifactDependency("tokens", Optional.empty(), Optional.of(PARENT))),
          List.of(new ArtifactParent(PARENT, "fine-tune")),
          Map.of("license", "MIT", "größe", "klein"));

  private Artifacts() {}

  /** Three files, one of them deflated and one in a directory. */
  static Map<String, byte[]> files() {
    return new TreeMap<>(
        Map.of(
            "config.json", "{\"layers\": 2}\n".getBytes(UTF_8),
            "weights/größe.bin", new byte[] {0, 1, 2, 3, 127, -128, -1},
            "text.txt", "again and again ".repeat(100).getBytes(UTF_8)));
  }

  static byte[] write(ArtifactManifest description, Map<String, byte[]> files) {
    ArtifactWriter writer = new ArtifactWriter(description);
    files.forEach(
        (path, content) ->
            writer.add(path, MediaTypes.of(path), () -> new ByteArrayInputStream(content)));
    return write(writer);
  }

  static byte[] write(ArtifactWriter writer) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      var _ = writer.write(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  /** The content of a file of an artifact. */
  static byte[] read(ArtifactReader reader, String path) throws Exception {
    try (var in = reader.open(path).orElseThrow()) {
      return in.readAllBytes();
    }
  }

  static void validate(byte[] payload) throws Exception {
    ArtifactValidator.validate(ByteSource.of(payload));
  }
}
