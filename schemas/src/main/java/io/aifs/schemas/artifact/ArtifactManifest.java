package io.aifs.schemas.artifact;

import static java.util.Objects.requireNonNull;

import io.aifs.core.Limits;
import io.aifs.schemas.PayloadInvalidException;
import io.aifs.schemas.Utf8;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What an artifact says of itself: the entry {@code MANIFEST}, as JSON. The format is in {@code
 * docs/format/artifact.md} and {@code schemas/artifact-manifest.schema.json}.
 *
 * @param name of the artifact; may be empty
 * @param files all that are in it, in any order
 * @param metadata anything else, sorted by its keys
 */
public record ArtifactManifest(
    String name,
    List<ArtifactFile> files,
    List<ArtifactDependency> dependencies,
    List<ArtifactParent> lineage,
    Map<String, String> metadata) {
  /** Bytes of a manifest. */
  public static final int BYTES_MAX = 16 << 20;

  /** Files of an artifact. */
  public static final int FILES_MAX = 100_000;

  static final int NAME_BYTES_MAX = 1_024;
  static final int DEPENDENCIES_MAX = 10_000;

  /**
   * @throws IllegalArgumentException if something is too long or too many, or files cannot be side
   *     by side
   */
  public ArtifactManifest {
    var _ = Utf8.bytesOf(requireNonNull(name, "name is null"), NAME_BYTES_MAX, "name");
    files = List.copyOf(files);
    dependencies = List.copyOf(dependencies);
    lineage = List.copyOf(lineage);
    requireAtMost(FILES_MAX, files.size(), "files");
    requireAtMost(DEPENDENCIES_MAX, dependencies.size(), "dependencies");
    requireAtMost(Limits.PARENTS_MAX, lineage.size(), "parents");
    requireAtMost(Limits.METADATA_ENTRIES_MAX, metadata.size(), "metadata entries");
    ArtifactPaths.requireDistinct(
        files.stream().map(file -> new ArtifactPaths.Name(file.path(), true)).toList());
    long bytes = 0;
    for (Map.Entry<String, String> entry : metadata.entrySet()) {
      byte[] key =
          Utf8.bytesOf(entry.getKey(), Limits.METADATA_KEY_BYTES_MAX, "a key of the metadata");
      byte[] value =
          Utf8.bytesOf(
              entry.getValue(), Limits.METADATA_VALUE_BYTES_MAX, "a value of the metadata");
      bytes += key.length + value.length;
    }
    if (bytes > Limits.METADATA_BYTES_MAX) {
      throw new IllegalArgumentException(
          "metadata is over " + Limits.METADATA_BYTES_MAX + " bytes: " + bytes);
    }
    metadata = Collections.unmodifiableMap(new TreeMap<>(metadata));
  }

  private static void requireAtMost(int max, int count, String what) {
    if (count > max) {
      throw new IllegalArgumentException("there are over " + max + " " + what + ": " + count);
    }
  }

  /** A manifest of no files, that says nothing but a name. */
  public static ArtifactManifest named(String name) {
    return new ArtifactManifest(name, List.of(), List.of(), List.of(), Map.of());
  }

  /** The same of other files. */
  public ArtifactManifest withFiles(List<ArtifactFile> others) {
    return new ArtifactManifest(name, others, dependencies, lineage, metadata);
  }

  /** The file of a path. */
  public Optional<ArtifactFile> find(String path) {
    return files.stream().filter(file -> file.path().equals(path)).findFirst();
  }

  /**
   * Reads a manifest.
   *
   * @throws PayloadInvalidException if it is none
   */
  public static ArtifactManifest parse(byte[] json) throws PayloadInvalidException {
    if (json.length > BYTES_MAX) {
      throw new PayloadInvalidException(
          ArtifactPaths.MANIFEST, "it is over " + BYTES_MAX + " bytes: " + json.length);
    }
    try {
      return ManifestParser.parse(new ByteArrayInputStream(json));
    } catch (IOException e) {
      throw new UncheckedIOException("reading from memory failed", e);
    }
  }

  /** The JSON text in UTF-8: always the same for the same manifest. */
  public byte[] toJson() {
    return ManifestText.of(this);
  }
}
