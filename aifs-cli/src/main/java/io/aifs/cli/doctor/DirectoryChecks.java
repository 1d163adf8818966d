package io.aifs.cli.doctor;

import io.aifs.cli.output.Sizes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** Checks of a data directory and of the files that belong to it. Changes nothing. */
public final class DirectoryChecks {
  private static final long SPACE_LOW_BYTES = 1L << 30;
  private static final Set<PosixFilePermission> OWNER =
      EnumSet.of(
          PosixFilePermission.OWNER_READ,
          PosixFilePermission.OWNER_WRITE,
          PosixFilePermission.OWNER_EXECUTE);

  private final Path data;

  public DirectoryChecks(Path data) {
    this.data = data;
  }

  /** Whether there is a store to look into. */
  boolean holdsStore() {
    return Files.isReadable(data.resolve("FORMAT"));
  }

  Finding directory() throws IOException {
    if (!Files.exists(data)) {
      return Finding.note("data directory", data + " is not there yet", "create it: aifs init");
    }
    if (!Files.isDirectory(data) || !Files.isWritable(data) || !Files.isReadable(data)) {
      return Finding.bad(
          "data directory",
          data + " is not a directory that can be read and written",
          "look at it with 'ls -ld', or name another with --data");
    }
    if (!Files.exists(data.resolve("FORMAT"))) {
      return Finding.note("data directory", data + " holds no store", "create it: aifs init");
    }
    return privacy("data directory", data);
  }

  private static Finding privacy(String check, Path path) throws IOException {
    Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(path);
    String text = path + " " + PosixFilePermissions.toString(permissions);
    return OWNER.containsAll(permissions)
        ? Finding.ok(check, text)
        : Finding.bad(check, text + ": others may look into it", "chmod go= '" + path + "'");
  }

  /** The space that is left where the data directory is or would be. */
  Finding space() throws IOException {
    Path existing = data.toAbsolutePath();
    while (!Files.exists(existing)) {
      Path parent = existing.getParent();
      if (parent == null) {
        return Finding.bad("disk space", "nothing of " + data + " exists", "choose another --data");
      }
      existing = parent;
    }
    long usable = Files.getFileStore(existing).getUsableSpace();
    String text = Sizes.bytes(usable) + " free at " + existing;
    return usable < SPACE_LOW_BYTES
        ? Finding.note("disk space", text, "make room, or put the store on another disk")
        : Finding.ok("disk space", text);
  }

  /** A file that must be there and be private. */
  static Finding privateFile(String check, Optional<Path> file, String missingHint)
      throws IOException {
    if (file.isEmpty()) {
      return Finding.ok(check, "not kept in a file");
    }
    if (!Files.exists(file.get())) {
      return Finding.bad(check, file.get() + " is not there", missingHint);
    }
    return Files.isReadable(file.get())
        ? privacy(check, file.get())
        : Finding.bad(check, file.get() + " cannot be read", "look at it with 'ls -l'");
  }
}
