package io.aifs.schemas.artifact;

import io.aifs.schemas.PayloadInvalidException;
import io.aifs.schemas.SourceWindow;
import io.aifs.schemas.Utf8;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * The central directory of a ZIP file: its entries, none of them encrypted, a link, of another
 * method than stored or deflated, or of a name that leads elsewhere.
 *
 * @param at where the directory begins, which is where the entries end
 */
record ZipDirectory(List<EntryRecord> entries, long at) {
  /** Content that inflates to more than both is a bomb, whatever else it is. */
  static final long INFLATED_BYTES_MIN = 64L << 20;

  static final long RATIO_MAX = 200;

  static ZipDirectory read(SourceWindow in) throws PayloadInvalidException, IOException {
    ZipEnd end = ZipEnd.read(in);
    List<EntryRecord> entries = new ArrayList<>();
    long at = end.directoryAt();
    long total = 0;
    for (int i = 0; i < end.entries(); i++) {
      String place = "byte " + at;
      if (end.directoryEnd() - at < ZipFormat.CENTRAL_BYTES
          || in.u32(at) != ZipFormat.CENTRAL) {
        throw new PayloadInvalidException(
            place, "there is no entry " + i + " of the " + end.entries() + " in the directory");
      }
      int nameBytes = in.u16(at + 28);
      int extraBytes = in.u16(at + 30);
      long next = at + ZipFormat.CENTRAL_BYTES + nameBytes + extraBytes;
      if (in.u16(at + 32) != 0) {
        throw new PayloadInvalidException(place, "entry " + i + " has a comment");
      }
      if (next > end.directoryEnd()) {
        throw new PayloadInvalidException(place, "entry " + i + " ends outside the directory");
      }
      EntryRecord entry = entry(in, at, nameBytes, extraBytes, end);
      total = total + entry.size() < 0 ? Long.MAX_VALUE : total + entry.size();
      entries.add(entry);
      at = next;
    }
    if (at != end.directoryEnd()) {
      throw new PayloadInvalidException(
          "byte " + at, "the directory goes on behind its " + end.entries() + " entries");
    }
    if (isBomb(total, in.size())) {
      throw new PayloadInvalidException(
          "byte " + end.directoryAt(),
          "the entries would be " + total + " bytes, over 200 times the file's " + in.size());
    }
    requireNames(entries);
    return new ZipDirectory(List.copyOf(entries), end.directoryAt());
  }

  static boolean isBomb(long size, long storedBytes) {
    return size > INFLATED_BYTES_MIN && size / RATIO_MAX > storedBytes;
  }

  private static EntryRecord entry(
      SourceWindow in, long at, int nameBytes, int extraBytes, ZipEnd end)
      throws PayloadInvalidException, IOException {
    byte[] name = in.bytes(at + ZipFormat.CENTRAL_BYTES, nameBytes);
    int flags = in.u16(at + 8);
    String path = path(name, "byte " + at);
    String place = "entry " + Utf8.shown(path);
    byte[] extra = in.bytes(at + ZipFormat.CENTRAL_BYTES + nameBytes, extraBytes);
    ExtraFields fields = new ExtraFields(extra, name, place);
    long size = fields.resolve(in.u32(at + 24), place);
    long storedBytes = fields.resolve(in.u32(at + 20), place);
    long headerAt = fields.resolve(in.u32(at + 42), place);
    boolean directory = path.endsWith("/");
    EntryRecord entry =
        new EntryRecord(
            directory ? path.substring(0, path.length() - 1) : path,
            name,
            directory,
            flags,
            in.u16(at + 10),
            in.u32(at + 16),
            storedBytes,
            size,
            headerAt);
    if (in.u16(at + 34) != 0) {
      throw entry.invalid("it is on another disk");
    }
    requireKind(entry, (int) (in.u32(at + 38) >>> 16));
    requireContent(entry, end);
    return entry;
  }

  /** Whether or not it is marked as UTF-8: the manifest, which is, has it once more. */
  private static String path(byte[] name, String place) throws PayloadInvalidException {
    return Utf8.textOf(name)
        .orElseThrow(() -> new PayloadInvalidException(place, "a name is not valid UTF-8"));
  }

  /** Whatever system the entry says it is from: tools do not agree on when modes count. */
  private static void requireKind(EntryRecord entry, int mode) throws PayloadInvalidException {
    int kind = mode & ZipFormat.MODE_KIND;
    if (kind == ZipFormat.MODE_SYMLINK) {
      throw entry.invalid("it is a symbolic link");
    }
    int expected = entry.directory() ? ZipFormat.MODE_DIRECTORY : ZipFormat.MODE_FILE;
    if (kind != 0 && kind != expected) {
      throw entry.invalid(
          "it is no " + (entry.directory() ? "directory" : "file") + " by its mode: 0"
              + Integer.toOctalString(mode));
    }
    try {
      ArtifactPaths.require(entry.path());
    } catch (IllegalArgumentException e) {
      throw entry.invalid(Objects.requireNonNullElse(e.getMessage(), "its name is none"));
    }
  }

  private static void requireContent(EntryRecord entry, ZipEnd end)
      throws PayloadInvalidException {
    if ((entry.flags() & ZipFormat.FLAG_ENCRYPTED) != 0) {
      throw entry.invalid("it is encrypted");
    }
    if ((entry.flags() & ~ZipFormat.FLAGS_KNOWN) != 0) {
      throw entry.invalid("it has unknown flags: 0x" + Integer.toHexString(entry.flags()));
    }
    if (entry.method() != ZipFormat.STORED && entry.method() != ZipFormat.DEFLATED) {
      throw entry.invalid(
          "it is compressed by method " + entry.method() + "; 0 (stored) and 8 (deflated) are read");
    }
    if (!entry.deflated() && entry.size() != entry.storedBytes()) {
      throw entry.invalid(
          "it is stored in " + entry.storedBytes() + " bytes and is " + entry.size());
    }
    if (entry.directory() && entry.size() != 0) {
      throw entry.invalid("it is a directory with content of " + entry.size() + " bytes");
    }
    if (entry.headerAt() > end.directoryAt()
        || entry.storedBytes() > end.directoryAt() - entry.headerAt()) {
      throw entry.invalid(
          "its " + entry.storedBytes() + " bytes from " + entry.headerAt()
              + " end outside the entries");
    }
    if (isBomb(entry.size(), entry.storedBytes())) {
      throw entry.invalid(
          "it would inflate from " + entry.storedBytes() + " to " + entry.size()
              + " bytes, over 200 times as many");
    }
  }

  private static void requireNames(List<EntryRecord> entries) throws PayloadInvalidException {
    List<ArtifactPaths.Name> names = new ArrayList<>();
    int manifests = 0;
    for (EntryRecord entry : entries) {
      if (entry.path().equals(ArtifactPaths.MANIFEST) && !entry.directory()) {
        manifests++;
      } else {
        names.add(new ArtifactPaths.Name(entry.path(), !entry.directory()));
      }
    }
    if (manifests != 1) {
      throw new PayloadInvalidException(
          ArtifactPaths.MANIFEST, "there are " + manifests + " entries of this name, not one");
    }
    try {
      ArtifactPaths.requireDistinct(names);
    } catch (IllegalArgumentException e) {
      throw new PayloadInvalidException(
          "entries", Objects.requireNonNullElse(e.getMessage(), "names are not distinct"));
    }
  }
}
