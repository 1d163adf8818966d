package io.aifs.schemas.artifact;

import static java.util.Objects.requireNonNull;

import io.aifs.core.model.TreePath;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Writes an Artifact payload. The manifest comes first and has the digests of the files, so that
 * each file is read twice: once to learn of it, once to write it. Equal input gives equal bytes,
 * where the deflater of the machine is the same: entries are sorted, and nothing says when or where
 * they were made. Not thread-safe.
 */
public final class ArtifactWriter {
  private final ArtifactManifest description;
  private final List<Source> sources = new ArrayList<>();
  private final List<String> directories = new ArrayList<>();

  /** Content that can be read again. */
  @FunctionalInterface
  public interface Content {
    /** A stream from the beginning, always of the same bytes; closed by who asks for it. */
    InputStream open() throws IOException;
  }

  private record Source(String path, String mediaType, Content content) {}

  private record Planned(Source source, EntryPlan plan) {}

  /**
   * @param description all but the files, which are added
   */
  public ArtifactWriter(ArtifactManifest description) {
    this.description = requireNonNull(description, "description is null");
    if (!description.files().isEmpty()) {
      throw new IllegalArgumentException("the description has files; they are added one by one");
    }
  }

  /**
   * Adds a file.
   *
   * @throws IllegalArgumentException if an artifact can have no such path or media type
   */
  public void add(String path, String mediaType, Content content) {
    ArtifactPaths.require(requireNonNull(path, "path is null"));
    ArtifactFile.requireMediaType(mediaType);
    sources.add(new Source(path, mediaType, requireNonNull(content, "content is null")));
  }

  /**
   * Adds a directory, which need not be done for one that has a file.
   *
   * @throws IllegalArgumentException if an artifact can have no such path
   */
  public void addDirectory(String path) {
    ArtifactPaths.require(requireNonNull(path, "path is null"));
    directories.add(path);
  }

  /**
   * Writes the payload.
   *
   * @param out never closed
   * @return its manifest
   * @throws IllegalArgumentException if files cannot be side by side, or are too many
   * @throws IOException also if the second reading of a file was not as the first
   */
  public ArtifactManifest write(OutputStream out) throws IOException {
    requireNames();
    byte[] block = new byte[EntryPlan.BLOCK_BYTES];
    List<Planned> planned = new ArrayList<>();
    List<ArtifactFile> files = new ArrayList<>();
    sources.sort(Comparator.comparing(source -> new TreePath(source.path)));
    for (Source source : sources) {
      EntryPlan plan = EntryPlan.of(source.content, block);
      planned.add(new Planned(source, plan));
      files.add(new ArtifactFile(source.path, plan.size(), plan.digest(), source.mediaType));
    }
    ArtifactManifest manifest = description.withFiles(files);
    byte[] json = manifest.toJson();
    if (json.length > ArtifactManifest.BYTES_MAX) {
      throw new IllegalArgumentException(
          "the manifest would be over " + ArtifactManifest.BYTES_MAX + " bytes: " + json.length);
    }
    ZipSink zip = new ZipSink(out, block);
    Content head = () -> new ByteArrayInputStream(json);
    zip.file(ArtifactPaths.MANIFEST, EntryPlan.of(head, block), head);
    for (String directory : directories.stream().sorted().toList()) {
      zip.directory(directory);
    }
    for (Planned entry : planned) {
      zip.file(entry.source.path, entry.plan, entry.source.content);
    }
    zip.finish();
    return manifest;
  }

  /** Before any content is read. */
  private void requireNames() {
    List<ArtifactPaths.Name> names = new ArrayList<>();
    sources.forEach(source -> names.add(new ArtifactPaths.Name(source.path, true)));
    directories.forEach(directory -> names.add(new ArtifactPaths.Name(directory, false)));
    ArtifactPaths.requireDistinct(names);
    if (names.size() > ArtifactManifest.FILES_MAX) {
      throw new IllegalArgumentException(
          "there are over " + ArtifactManifest.FILES_MAX + " files: " + names.size());
    }
  }
}
