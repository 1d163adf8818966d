package io.aifs.schemas.artifact;

import io.aifs.schemas.ByteSource;
import io.aifs.schemas.PayloadInvalidException;
import io.aifs.schemas.Utf8;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;

/** From a directory to an Artifact payload and back. Stateless. */
public final class ArtifactCodec {
  private static final int BLOCK_BYTES = 64 << 10;

  /**
   * Writes a payload of all files below a directory; only empty directories have entries. Neither
   * modes nor times are kept.
   *
   * @param description all but the files
   * @param out never closed
   * @return the manifest that was written
   * @throws IllegalArgumentException if a name is none of an artifact, as {@code MANIFEST} is
   * @throws IOException also if something is neither file nor directory, or changes meanwhile
   */
  public static ArtifactManifest pack(
      Path directory, ArtifactManifest description, OutputStream out) throws IOException {
    ArtifactWriter writer = new ArtifactWriter(description);
    if (!Files.isDirectory(directory)) {
      throw new NotDirectoryException(directory.toString());
    }
    addAll(directory, "", writer);
    return writer.write(out);
  }

  private static void addAll(Path directory, String prefix, ArtifactWriter writer)
      throws IOException {
    List<Path> children = new ArrayList<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory)) {
      stream.forEach(children::add);
    }
    for (Path child : children) {
      String path = prefix + child.getFileName();
      BasicFileAttributes attributes =
          Files.readAttributes(child, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      if (attributes.isDirectory()) {
        addAll(child, path + "/", writer);
      } else if (attributes.isRegularFile()) {
        writer.add(path, MediaTypes.of(path), () -> open(child));
      } else {
        throw new IOException(
            "artifacts hold files and directories, and this is neither: " + Utf8.shown(path));
      }
    }
    if (children.isEmpty() && !prefix.isEmpty()) {
      writer.addDirectory(prefix.substring(0, prefix.length() - 1));
    }
  }

  private static InputStream open(Path file) throws IOException {
    return Files.newInputStream(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
  }

  /**
   * Writes the files of a payload into a directory, which is made, or is there and empty. Nothing
   * is written outside it, and no link is followed below it. What was written before something was
   * found to be wrong stays, but for the file that was.
   *
   * @return the manifest, which is not written as a file
   * @throws PayloadInvalidException if it is no payload
   */
  public static ArtifactManifest unpack(ByteSource source, Path directory)
      throws PayloadInvalidException, IOException {
    ArtifactReader reader = ArtifactReader.open(source);
    ArtifactValidator.requireSideBySide(source, reader.directory());
    Files.createDirectories(directory);
    requireEmpty(directory);
    for (String path : reader.directories()) {
      makeDirectories(directory, path.split("/", -1), path.split("/", -1).length);
    }
    byte[] block = new byte[BLOCK_BYTES];
    for (ArtifactFile file : reader.manifest().files()) {
      String[] segments = file.path().split("/", -1);
      Path folder = makeDirectories(directory, segments, segments.length - 1);
      write(reader, file, folder.resolve(segments[segments.length - 1]), block);
    }
    return reader.manifest();
  }

  private static void requireEmpty(Path directory) throws IOException {
    try (DirectoryStream<Path> children = Files.newDirectoryStream(directory)) {
      if (children.iterator().hasNext()) {
        throw new FileAlreadyExistsException(directory + " is not empty");
      }
    }
  }

  /** One after the other, each looked at: a link that somebody puts there is not followed. */
  private static Path makeDirectories(Path directory, String[] segments, int count)
      throws IOException {
    Path below = directory;
    for (int i = 0; i < count; i++) {
      below = below.resolve(requireSegment(segments[i]));
      try {
        Files.createDirectory(below);
      } catch (FileAlreadyExistsException e) {
        if (!Files.isDirectory(below, LinkOption.NOFOLLOW_LINKS)) {
          throw e;
        }
      }
    }
    return below;
  }

  /** The names were looked at when the payload was opened; this is for what writes by them. */
  private static String requireSegment(String segment) {
    if (segment.isEmpty()
        || segment.equals(".")
        || segment.equals("..")
        || segment.contains(File.separator)) {
      throw new IllegalStateException("not a name: " + Utf8.shown(segment));
    }
    return segment;
  }

  private static void write(ArtifactReader reader, ArtifactFile file, Path target, byte[] block)
      throws PayloadInvalidException, IOException {
    boolean whole = false;
    OutputStream to =
        Files.newOutputStream(target, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    try (OutputStream out = to) {
      reader.copy(file.path(), block, out);
      whole = true;
    } finally {
      if (!whole) {
        Files.deleteIfExists(target);
      }
    }
  }

  private ArtifactCodec() {}
}
