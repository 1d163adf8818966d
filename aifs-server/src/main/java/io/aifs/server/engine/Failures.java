package io.aifs.server.engine;

import io.aifs.core.AifsException;
import io.aifs.core.Reason;
import io.aifs.core.manifest.ManifestDamagedException;
import io.aifs.crypto.Digest;
import io.aifs.crypto.RangeProofBrokenException;
import io.aifs.server.chunk.ChunkDamagedException;
import io.aifs.server.pack.DamagedRecordException;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;

/** Names I/O failures in words a caller can act on. */
public final class Failures {
  private static final String RESTORE_HINT =
      "put the same content again, which heals it; 'aifs fsck' tells what else is affected";

  /** A failure while writing. */
  public static AifsException writing(IOException cause) {
    return translate("storing data failed", cause);
  }

  /** A failure while reading an asset. */
  static AifsException reading(Digest asset, IOException cause) {
    return switch (cause) {
      case ChunkDamagedException _,
          DamagedRecordException _,
          ManifestDamagedException _,
          RangeProofBrokenException _ ->
          new AifsException.Corrupt(
              Reason.CHUNK_DAMAGED,
              "asset " + asset + " cannot be read whole: " + cause.getMessage(),
              RESTORE_HINT,
              cause);
      default -> translate("reading asset " + asset + " failed", cause);
    };
  }

  static AifsException.Corrupt chunkMissing(Digest asset, Digest chunk) {
    return new AifsException.Corrupt(
        Reason.CHUNK_MISSING,
        "asset " + asset + " cannot be read whole: chunk " + chunk + " is missing",
        RESTORE_HINT);
  }

  /** A full disk, or a disk that fails: both may pass, and neither has half done anything. */
  public static AifsException translate(String what, IOException cause) {
    String message = Optional.ofNullable(cause.getMessage()).orElse(cause.toString());
    if (isFullDisk(cause)) {
      return new AifsException.LimitExceeded(
          Reason.DISK_FULL,
          what + ": the disk is full",
          "free some space and try again; nothing that was acknowledged is lost");
    }
    return new AifsException.Unavailable(
        Reason.IO_FAILED,
        what + ": " + message,
        "look at the disk and its log, then try again; nothing that was acknowledged is lost",
        cause);
  }

  /** Whether the failure, or what it came from, is that a disk or a quota is full. */
  public static boolean isFullDisk(IOException failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      String message = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
      if (message.contains("no space left") || message.contains("disk quota exceeded")) {
        return true;
      }
    }
    return false;
  }

  private Failures() {}
}
