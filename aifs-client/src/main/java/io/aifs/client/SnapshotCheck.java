package io.aifs.client;

/** Decides whether a snapshot that a server shows is believed. Thread-safe. */
public interface SnapshotCheck {
  /** Believes the server. */
  SnapshotCheck NONE = _ -> {};

  /**
   * Returns if the snapshot is what its signer signed.
   *
   * @throws io.aifs.core.AifsException.Corrupt if it is not, or the signer is another than before
   */
  void check(SnapshotSummary snapshot);
}
