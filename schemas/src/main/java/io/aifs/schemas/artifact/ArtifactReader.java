package io.aifs.schemas.artifact;

import io.aifs.schemas.ByteSource;
import io.aifs.schemas.PayloadInvalidException;
import io.aifs.schemas.SourceWindow;
import io.aifs.schemas.Utf8;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An Artifact payload whose files are read one by one: opening it reads the directory at its end
 * and the manifest, and reading a file reads no other. For one thread at a time. The format is in
 * {@code docs/format/artifact.md}.
 */
public final class ArtifactReader {
  private final ByteSource source;
  private final SourceWindow in;
  private final ZipDirectory directory;
  private final ArtifactManifest manifest;
  private final Map<String, EntryRecord> entries;
  private final Map<String, ArtifactFile> files = new HashMap<>();

  private ArtifactReader(
      ByteSource source,
      SourceWindow in,
      ZipDirectory directory,
      ArtifactManifest manifest,
      Map<String, EntryRecord> entries) {
    this.source = source;
    this.in = in;
    this.directory = directory;
    this.manifest = manifest;
    this.entries = entries;
    manifest.files().forEach(file -> files.put(file.path(), file));
  }

  /**
   * Opens a payload whose manifest and directory name the same files.
   *
   * @throws PayloadInvalidException if it is none
   */
  public static ArtifactReader open(ByteSource source) throws PayloadInvalidException, IOException {
    SourceWindow in = new SourceWindow(source);
    ZipDirectory directory = ZipDirectory.read(in);
    Map<String, EntryRecord> entries = new HashMap<>();
    directory.entries().stream()
        .filter(entry -> !entry.directory())
        .forEach(entry -> entries.put(entry.path(), entry));
    EntryRecord first = entries.get(ArtifactPaths.MANIFEST);
    if (first == null || first.headerAt() != 0) {
      throw new PayloadInvalidException(
          ArtifactPaths.MANIFEST, "it is not the first entry, at byte 0");
    }
    ArtifactManifest manifest = manifest(source, in, directory, first);
    entries.remove(ArtifactPaths.MANIFEST);
    requireAgreement(manifest, entries);
    return new ArtifactReader(source, in, directory, manifest, entries);
  }

  private static ArtifactManifest manifest(
      ByteSource source, SourceWindow in, ZipDirectory directory, EntryRecord entry)
      throws PayloadInvalidException, IOException {
    if (entry.size() > ArtifactManifest.BYTES_MAX) {
      throw entry.invalid("it is over " + ArtifactManifest.BYTES_MAX + " bytes: " + entry.size());
    }
    LocalHeader header = LocalHeader.read(in, entry, directory.at());
    try (InputStream content =
        new EntryStream(
            new CheckedContent(
                new EntryContent(source, entry, header.contentAt()), Optional.empty()))) {
      ArtifactManifest manifest = ManifestParser.parse(content);
      var _ = content.skip(Long.MAX_VALUE); // to its end, where the CRC-32 is looked at
      return manifest;
    } catch (IOException e) {
      if (e.getCause() instanceof PayloadInvalidException invalid) {
        throw invalid;
      }
      throw e;
    }
  }

  private static void requireAgreement(ArtifactManifest manifest, Map<String, EntryRecord> entries)
      throws PayloadInvalidException {
    for (ArtifactFile file : manifest.files()) {
      EntryRecord entry = entries.get(file.path());
      if (entry == null) {
        throw new PayloadInvalidException(
            ArtifactPaths.MANIFEST,
            "it names the file " + Utf8.shown(file.path()) + ", and there is no such entry");
      }
      if (entry.size() != file.size()) {
        throw entry.invalid(
            "it is " + entry.size() + " bytes, and the manifest says " + file.size());
      }
    }
    if (entries.size() != manifest.files().size()) {
      Map<String, EntryRecord> unnamed = new HashMap<>(entries);
      manifest.files().forEach(file -> unnamed.remove(file.path()));
      String least = unnamed.keySet().stream().sorted().findFirst().orElseThrow();
      throw new PayloadInvalidException(
          "entry " + Utf8.shown(least), "the manifest does not name it");
    }
  }

  /** What the artifact says of itself. */
  public ArtifactManifest manifest() {
    return manifest;
  }

  /** Paths of directories that have entries of their own, as empty ones do. */
  public List<String> directories() {
    return directory.entries().stream()
        .filter(EntryRecord::directory)
        .map(EntryRecord::path)
        .toList();
  }

  /**
   * The content of a file; empty if there is no such. At its end the stream throws, with a {@link
   * PayloadInvalidException} as the cause, unless the content has the digest that the manifest
   * says.
   */
  public Optional<InputStream> open(String path) throws PayloadInvalidException, IOException {
    Optional<CheckedContent> content = content(path);
    return content.isPresent() ? Optional.of(new EntryStream(content.get())) : Optional.empty();
  }

  /**
   * The content of a file to be read at any place; empty if there is no such file, or it is
   * deflated. Its digest is not looked at.
   */
  public Optional<ByteSource> stored(String path) throws PayloadInvalidException, IOException {
    EntryRecord entry = entries.get(path);
    if (entry == null || entry.deflated()) {
      return Optional.empty();
    }
    LocalHeader header = LocalHeader.read(in, entry, directory.at());
    return Optional.of(new StoredContent(source, header.contentAt(), entry.size()));
  }

  /**
   * Writes the content of a file.
   *
   * @param block any bytes, overwritten
   * @throws PayloadInvalidException if the content is not as the manifest says; some was written
   * @throws IllegalArgumentException if there is no such file
   */
  void copy(String path, byte[] block, OutputStream out)
      throws PayloadInvalidException, IOException {
    try (CheckedContent content =
        content(path)
            .orElseThrow(
                () -> new IllegalArgumentException("there is no file " + Utf8.shown(path)))) {
      for (int read; (read = content.read(block, 0, block.length)) >= 0; ) {
        out.write(block, 0, read);
      }
    }
  }

  private Optional<CheckedContent> content(String path)
      throws PayloadInvalidException, IOException {
    EntryRecord entry = entries.get(path);
    if (entry == null) {
      return Optional.empty();
    }
    LocalHeader header = LocalHeader.read(in, entry, directory.at());
    return Optional.of(
        new CheckedContent(
            new EntryContent(source, entry, header.contentAt()),
            Optional.ofNullable(files.get(path))));
  }

  /** The directory, for who looks at how the entries lie. */
  ZipDirectory directory() {
    return directory;
  }

  private record StoredContent(ByteSource source, long at, long size) implements ByteSource {
    @Override
    public byte[] read(long offset, int length) throws IOException {
      ByteSource.requireInside(this, offset, length);
      return source.read(at + offset, length);
    }
  }
}
