package io.aifs.cli.command;

import io.aifs.cli.output.Fields;
import io.aifs.cli.terminal.Printable;
import io.aifs.core.model.AssetInfo;
import io.aifs.core.model.FileAttributes;
import io.aifs.core.model.TreeEntry;
import io.aifs.core.model.TreePath;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** How what a path names is printed. */
final class EntryText {
  private static final int ID_DIGITS = 12;

  /** A name, with a slash behind a directory's. */
  static String name(String name, TreeEntry entry) {
    return Printable.of(name) + (entry instanceof TreeEntry.Directory ? "/" : "");
  }

  /** Mode, size, time in UTC, the start of the id, name. */
  static String longLine(String name, TreeEntry entry) {
    return switch (entry) {
      case TreeEntry.File file ->
          line(file, file.size(), file.asset().hex().substring(0, ID_DIGITS), name(name, entry));
      case TreeEntry.Directory directory -> line(directory, 0, "-", name(name, entry));
      case TreeEntry.Symlink link ->
          line(link, 0, "-", name(name, entry) + " -> " + Printable.of(link.target()));
    };
  }

  private static String line(TreeEntry entry, long size, String id, String name) {
    return String.format(
        Locale.ROOT,
        "%s %14d  %s  %-12s  %s",
        mode(entry),
        size,
        SnapshotText.time(time(entry.attributes())),
        id,
        name);
  }

  /** Such as {@code -rw-r--r--}. */
  static String mode(TreeEntry entry) {
    char type =
        switch (entry) {
          case TreeEntry.File _ -> '-';
          case TreeEntry.Directory _ -> 'd';
          case TreeEntry.Symlink _ -> 'l';
        };
    Set<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
    PosixFilePermission[] all = PosixFilePermission.values(); // from the owner's read bit down
    for (int i = 0; i < all.length; i++) {
      if ((entry.attributes().mode() & (0400 >> i)) != 0) {
        permissions.add(all[i]);
      }
    }
    return type + PosixFilePermissions.toString(permissions);
  }

  static Instant time(FileAttributes attributes) {
    return Instant.EPOCH.plusNanos(attributes.mtimeNanos());
  }

  /** Kind, size, time in UTC, id. */
  static String longLine(AssetInfo asset) {
    return String.format(
        Locale.ROOT,
        "%-8s %14d  %s  %s",
        asset.kind().name().toLowerCase(Locale.ROOT),
        asset.size(),
        SnapshotText.time(asset.createdAt()),
        asset.id());
  }

  static Fields fields(AssetInfo asset) {
    return new Fields()
        .with("id", asset.id())
        .with("kind", asset.kind().name().toLowerCase(Locale.ROOT))
        .with("size", asset.size())
        .with("created_at", asset.createdAt())
        .with("metadata", asset.metadata());
  }

  static Fields fields(TreePath path, TreeEntry entry) {
    Fields fields = Fields.of("path", path);
    fields(entry).map().forEach(fields::with);
    return fields;
  }

  static Fields fields(TreeEntry entry) {
    Fields fields = new Fields();
    switch (entry) {
      case TreeEntry.File file ->
          fields
              .with("type", "file")
              .with("id", file.asset())
              .with("kind", file.kind().name().toLowerCase(Locale.ROOT))
              .with("size", file.size());
      case TreeEntry.Directory _ -> fields.with("type", "directory");
      case TreeEntry.Symlink link -> fields.with("type", "symlink").with("target", link.target());
    }
    return fields
        .with("mode", "%04o".formatted(entry.attributes().mode()))
        .with("mtime", time(entry.attributes()));
  }

  private EntryText() {}
}
