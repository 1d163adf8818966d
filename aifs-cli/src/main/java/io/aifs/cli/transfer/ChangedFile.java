package io.aifs.cli.transfer;

import java.io.IOException;

/** Notices files that changed while they were read: what was stored is one reading of them. */
final class ChangedFile {
  static void note(Walked entry, long bytesRead, Notices notices) {
    if (bytesRead != entry.size() || !isAsSeen(entry)) {
      notices.note(
          entry.source(), "changed while it was read; put it again when nobody writes to it");
    }
  }

  private static boolean isAsSeen(Walked entry) {
    try {
      LocalAttributes now = LocalAttributes.of(entry.source());
      return now.size() == entry.size()
          && now.attributes().mtimeNanos() == entry.attributes().mtimeNanos();
    } catch (IOException _) {
      return false; // gone meanwhile
    }
  }

  private ChangedFile() {}
}
