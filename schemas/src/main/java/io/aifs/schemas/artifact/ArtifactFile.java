package io.aifs.schemas.artifact;

import static java.util.Objects.requireNonNull;

import io.aifs.crypto.Digest;
import io.aifs.schemas.Utf8;
import java.util.regex.Pattern;

/**
 * A file of an artifact, as its manifest says.
 *
 * @param path where it is, with {@code /} between segments
 * @param size bytes of its content
 * @param blake3 digest of its content
 * @param mediaType as {@code application/json}
 */
public record ArtifactFile(String path, long size, Digest blake3, String mediaType) {
  /** What is said of files of which nothing else is known. */
  public static final String ANY_MEDIA_TYPE = "application/octet-stream";

  private static final int MEDIA_TYPE_CHARS_MAX = 256;
  private static final Pattern MEDIA_TYPE =
      Pattern.compile(
          "[A-Za-z0-9][A-Za-z0-9!#$&^_.+-]*/[A-Za-z0-9][A-Za-z0-9!#$&^_.+-]*(;[ -~]*)?");

  /**
   * @throws IllegalArgumentException if the path could lead out of where it is extracted to, the
   *     size is negative, or the media type is none
   */
  public ArtifactFile {
    ArtifactPaths.require(requireNonNull(path, "path is null"));
    requireNonNull(blake3, "blake3 is null");
    if (size < 0) {
      throw new IllegalArgumentException("size is negative: " + size);
    }
    requireMediaType(requireNonNull(mediaType, "mediaType is null"));
  }

  static void requireMediaType(String mediaType) {
    if (mediaType.length() > MEDIA_TYPE_CHARS_MAX || !MEDIA_TYPE.matcher(mediaType).matches()) {
      throw new IllegalArgumentException("media type is none: " + Utf8.shown(mediaType));
    }
  }
}
