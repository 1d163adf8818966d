package io.aifs.cli.transfer;

/**
 * How to get files.
 *
 * @param force whether files that differ may be replaced
 * @param keepSetid whether files get set-user-id and set-group-id bits back
 * @param jobs how many files to work on at once
 */
public record DownloadOptions(boolean force, boolean keepSetid, int jobs) {
  private static final int SETID_BITS = 06000;

  /** The mode that a file gets. */
  int fileMode(int stored) {
    return keepSetid ? stored : stored & ~SETID_BITS;
  }
}
