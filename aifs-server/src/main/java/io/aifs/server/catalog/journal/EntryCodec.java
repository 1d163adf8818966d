package io.aifs.server.catalog.journal;

import io.aifs.core.model.AssetKind;
import io.aifs.core.model.FileAttributes;
import io.aifs.core.model.PathEntry;
import io.aifs.core.model.TreeEntry;
import io.aifs.core.model.TreePath;
import io.aifs.crypto.Digest;

/** Bytes of a path and what it names. */
public final class EntryCodec {
  private static final int SYMLINK = 8;
  private static final int DIRECTORY = 9;

  /** Writes an entry. */
  public static void write(JournalOutput out, PathEntry entry) {
    out.text(entry.path().value());
    switch (entry.entry()) {
      case TreeEntry.File(Digest asset, AssetKind kind, long size, FileAttributes _) -> {
        out.octet(kind.code());
        out.digest(asset);
        out.unsigned(size);
      }
      case TreeEntry.Symlink(String target, FileAttributes _) -> {
        out.octet(SYMLINK);
        out.text(target);
      }
      case TreeEntry.Directory _ -> out.octet(DIRECTORY);
    }
    out.unsigned(entry.entry().attributes().mode());
    out.signed(entry.entry().attributes().mtimeNanos());
  }

  /** Reads what {@link #write} wrote. */
  public static PathEntry read(JournalInput in) throws JournalMalformedException {
    TreePath path = new TreePath(in.text());
    int type = in.octet();
    TreeEntry entry =
        switch (type) {
          case SYMLINK -> new TreeEntry.Symlink(in.text(), readAttributes(in));
          case DIRECTORY -> new TreeEntry.Directory(readAttributes(in));
          default -> {
            AssetKind kind = AssetKind.ofCode(type);
            yield new TreeEntry.File(in.digest(), kind, in.unsigned(), readAttributes(in));
          }
        };
    return new PathEntry(path, entry);
  }

  private static FileAttributes readAttributes(JournalInput in) throws JournalMalformedException {
    return new FileAttributes(in.count(), in.signed());
  }

  private EntryCodec() {}
}
