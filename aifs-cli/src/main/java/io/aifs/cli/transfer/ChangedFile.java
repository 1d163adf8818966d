package io.aifs.cli.transfer;

import java.io.IOException;

/** Notices files that changed while they were read: what was stored is one reading of them. */
final class ChangedFile {
  /**
   * Tells the user of a file that changed.
   *
   * @return whether it is wholly as it was when seen, so that what was read can be remembered
   */
  static boolean check(Walked entry, long bytesRead, Notices notices) {
    LocalAttributes now = null;
    try {
      now = LocalAttributes.of(entry.source());
    } catch (IOException _) {
      // gone meanwhile
    }
    if (now == null
        || bytesRead != entry.size()
        || now.stamp().size() != entry.size()
        || now.attributes().mtimeNanos() != entry.attributes().mtimeNanos()) {
      notices.note(
          entry.source(), "changed while it was read; put it again when nobody writes to it");
      return false;
    }
    return now.stamp().equals(entry.stamp());
  }

  private ChangedFile() {}
}
