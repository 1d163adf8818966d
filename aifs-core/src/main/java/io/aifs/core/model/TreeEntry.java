package io.aifs.core.model;

import static java.util.Objects.requireNonNull;

import io.aifs.core.Limits;
import io.aifs.crypto.Digest;
import java.nio.charset.StandardCharsets;

/** What a path names. */
public sealed interface TreeEntry {
  FileAttributes attributes();

  /** A path that names an asset. {@code size} is the content's length in bytes. */
  record File(Digest asset, AssetKind kind, long size, FileAttributes attributes)
      implements TreeEntry {
    public File {
      requireNonNull(asset, "asset is null");
      requireNonNull(kind, "kind is null");
      requireNonNull(attributes, "attributes is null");
      if (size < 0) {
        throw new IllegalArgumentException("size is negative: " + size);
      }
    }
  }

  /** A symbolic link; the target is kept as it is and never followed by the store. */
  record Symlink(String target, FileAttributes attributes) implements TreeEntry {
    public Symlink {
      requireNonNull(attributes, "attributes is null");
      if (!Unicode.isWellFormed(target)) {
        throw new IllegalArgumentException("symlink target is not valid Unicode");
      }
      int bytes = target.getBytes(StandardCharsets.UTF_8).length;
      if (bytes == 0 || bytes > Limits.SYMLINK_TARGET_BYTES_MAX || target.indexOf('\0') >= 0) {
        throw new IllegalArgumentException(
            "symlink target is empty, holds NUL or is over "
                + Limits.SYMLINK_TARGET_BYTES_MAX
                + " bytes");
      }
    }
  }

  /** A directory that was put as such; directories above other entries also exist without one. */
  record Directory(FileAttributes attributes) implements TreeEntry {
    public Directory {
      requireNonNull(attributes, "attributes is null");
    }
  }
}
