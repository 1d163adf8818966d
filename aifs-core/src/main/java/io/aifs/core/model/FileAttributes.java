package io.aifs.core.model;

/**
 * What a file system knows of a name besides its content.
 *
 * @param mode POSIX permission bits, 0 to 07777
 * @param mtimeNanos last modification, nanoseconds since the epoch
 */
public record FileAttributes(int mode, long mtimeNanos) {
  public static final FileAttributes PLAIN_FILE = new FileAttributes(0644, 0);
  public static final FileAttributes PLAIN_DIRECTORY = new FileAttributes(0755, 0);

  public FileAttributes {
    if ((mode & ~07777) != 0) {
      throw new IllegalArgumentException(
          "mode is outside 0..07777: " + Integer.toOctalString(mode));
    }
  }
}
