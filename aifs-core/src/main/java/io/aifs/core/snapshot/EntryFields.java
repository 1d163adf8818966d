package io.aifs.core.snapshot;

import io.aifs.core.model.AssetKind;
import io.aifs.core.model.FileAttributes;
import io.aifs.core.model.PathEntry;
import io.aifs.core.model.TreeEntry;
import io.aifs.core.model.TreePath;
import io.aifs.core.tree.EntryContent;

/** What of an entry is in a proof: all that the Merkle digest covers. */
final class EntryFields {
  private static final int FILE = 0;
  private static final int SYMLINK = 1;
  private static final int DIRECTORY = 2;
  private static final FileAttributes EXECUTABLE = new FileAttributes(0755, 0);

  static FieldWriter write(FieldWriter out, PathEntry entry) {
    out.text16(entry.path().value());
    return switch (entry.entry()) {
      case TreeEntry.File file ->
          out.u8(FILE)
              .u8(EntryContent.isExecutable(file) ? 1 : 0)
              .u8(file.kind().code())
              .i64(file.size())
              .digest(file.asset());
      case TreeEntry.Symlink link -> out.u8(SYMLINK).text16(link.target());
      case TreeEntry.Directory _ -> out.u8(DIRECTORY);
    };
  }

  /** The attributes that are not covered are those of a plain file or directory. */
  static PathEntry read(FieldReader in) {
    TreePath path = new TreePath(in.text16());
    return new PathEntry(
        path,
        switch (in.u8()) {
          case FILE -> file(in);
          case SYMLINK -> new TreeEntry.Symlink(in.text16(), FileAttributes.PLAIN_FILE);
          case DIRECTORY -> new TreeEntry.Directory(FileAttributes.PLAIN_DIRECTORY);
          default -> throw new IllegalArgumentException("its entry is of no known type");
        });
  }

  private static TreeEntry.File file(FieldReader in) {
    FileAttributes attributes = in.u8() == 0 ? FileAttributes.PLAIN_FILE : EXECUTABLE;
    AssetKind kind = AssetKind.ofCode(in.u8());
    long size = in.i64();
    return new TreeEntry.File(in.digest(), kind, size, attributes);
  }

  private EntryFields() {}
}
