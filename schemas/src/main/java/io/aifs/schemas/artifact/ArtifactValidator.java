package io.aifs.schemas.artifact;

import io.aifs.schemas.ByteSource;
import io.aifs.schemas.PayloadInvalidException;
import io.aifs.schemas.SourceWindow;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Whether content is an Artifact payload, every byte of it. Stateless. */
public final class ArtifactValidator {
  private static final int BLOCK_BYTES = 64 << 10;

  /**
   * Returns if all of the content is as {@code docs/format/artifact.md} says: every byte belongs to
   * one entry or the directory, and every file is what the manifest says.
   *
   * @throws PayloadInvalidException saying what is wrong, and where
   */
  public static void validate(ByteSource source) throws PayloadInvalidException, IOException {
    ArtifactReader reader = ArtifactReader.open(source);
    requireSideBySide(source, reader.directory());
    byte[] block = new byte[BLOCK_BYTES];
    for (ArtifactFile file : reader.manifest().files()) {
      reader.copy(file.path(), block, OutputStream.nullOutputStream());
    }
  }

  /** Entries that overlap would inflate to more than is there; gaps would hide something. */
  static void requireSideBySide(ByteSource source, ZipDirectory directory)
      throws PayloadInvalidException, IOException {
    SourceWindow in = new SourceWindow(source);
    List<EntryRecord> entries = new ArrayList<>(directory.entries());
    entries.sort(Comparator.comparingLong(EntryRecord::headerAt));
    for (int i = 0; i < entries.size(); i++) {
      EntryRecord entry = entries.get(i);
      long next = i + 1 < entries.size() ? entries.get(i + 1).headerAt() : directory.at();
      LocalHeader header = LocalHeader.read(in, entry, directory.at());
      header.requireEndsAt(in, entry, next);
      if (entry.directory() && entry.storedBytes() != 0) {
        try (EntryContent content = new EntryContent(source, entry, header.contentAt())) {
          var _ = content.read(new byte[1], 0, 1); // nothing, deflated
        }
      }
    }
  }

  private ArtifactValidator() {}
}
