package io.aifs.client;

import io.aifs.core.model.Name;
import io.aifs.core.model.TreePath;
import io.aifs.crypto.Digest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/** The store itself. Thread-safe. */
public interface Maintenance {
  /** Whether the server answers and says it is well. Needs no token. */
  Health health();

  StoreStatus status();

  ServerInfo info();

  /** Metrics in Prometheus text format. */
  String metrics();

  /** Initialises the store if it is not; a dry run only says what it would do. Returns its log. */
  String format(boolean dryRun);

  /** Reads assets back and recomputes their digests; all of the namespace if both are empty. */
  CheckSummary verify(
      List<Digest> ids, Name branch, List<TreePath> paths, Consumer<CheckEvent> listener);

  /**
   * Reads a random part of the namespace's assets back: small assets whole with probability {@code
   * share}, and each MiB of larger ones.
   *
   * @param share above 0 and at most 1
   * @param seed which sample; empty for one that the server draws, and the summary tells
   */
  CheckSummary verifySample(double share, OptionalLong seed, Consumer<CheckEvent> listener);

  /** Checks every invariant of the store; {@code readData} also opens and digests every record. */
  default CheckSummary fsck(boolean readData, Consumer<CheckEvent> listener) {
    return fsck(readData, false, listener);
  }

  /** The same; {@code repair} also does what findings name as a fix. It deletes nothing. */
  CheckSummary fsck(boolean readData, boolean repair, Consumer<CheckEvent> listener);

  /**
   * Gives back the space of what nothing needs: condemns it, and deletes what was condemned {@code
   * grace} ago.
   *
   * @param dryRun only say what would be condemned
   * @param grace how long what is condemned can be brought back; zero deletes it at once
   * @param listener hears now and then how far it is
   */
  Collection collect(boolean dryRun, Duration grace, Consumer<Collection> listener);

  /** Makes everything that is condemned count as stored again; returns how many records. */
  long undoCollection();

  /** Brings back a deleted asset of the namespace whose content is not deleted for good yet. */
  void revive(Digest id);

  /**
   * What a collection did, or would do. Bytes of records are rounded up to 128 each.
   *
   * @param assets whose chunks were marked
   * @param records in the packs
   * @param condemnedRecords that nothing needs
   * @param rescuedRecords condemned ones that are needed again
   * @param packsDropped with nothing to keep
   * @param packsRewritten copied without their dead records
   * @param packsDamaged that do not read back and were left
   * @param freedBytes of files that were deleted, less those written for it
   * @param orphans pack files that nothing names
   * @param pendingBytes condemned and not deleted yet
   * @param openUploads that keep condemned records from being deleted
   */
  record Collection(
      long assets,
      long records,
      long recordBytes,
      long condemnedRecords,
      long condemnedBytes,
      long rescuedRecords,
      long packsDropped,
      long packsRewritten,
      long packsDamaged,
      long freedBytes,
      long orphans,
      long orphanBytes,
      long pendingBytes,
      long openUploads) {
    public static final Collection NOTHING =
        new Collection(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
  }

  /** What a health check says. */
  record Health(boolean healthy, String status) {}

  /** {@code config} is JSON without secrets. */
  record ServerInfo(String version, String config, List<String> features) {
    public ServerInfo {
      features = List.copyOf(features);
    }
  }

  /**
   * What a store is and holds. Sizes are bytes.
   *
   * @param packBytes of live packs
   * @param diskTotalBytes of the data directory's file system; 0 if it does not say
   * @param failingJobs names of jobs whose last turn failed; {@link Jobs#list} says why
   * @param quarantinedPacks packs in which damaged records are known
   * @param damagedRecords how many these are
   * @param condemnedBytes of the pack bytes, about, to be deleted after a grace period
   * @param condemnedUntil when the last of them may be deleted
   * @param orphanBytes of pack files that nothing names, beside the live ones
   * @param reserveBytes set aside for the day the disk is full
   * @param partial whether only the token's namespaces count and nothing about the whole store is
   *     told, or nothing at all is counted
   */
  record StoreStatus(
      String version,
      String storeId,
      int formatVersion,
      boolean devMode,
      long uptimeMillis,
      long namespaces,
      long assets,
      long contentBytes,
      long packBytes,
      long catalogBytes,
      List<String> addresses,
      long diskFreeBytes,
      long diskTotalBytes,
      List<String> failingJobs,
      long quarantinedPacks,
      long damagedRecords,
      long condemnedBytes,
      Optional<Instant> condemnedUntil,
      long orphanBytes,
      long reserveBytes,
      boolean partial) {
    public StoreStatus {
      failingJobs = List.copyOf(failingJobs);
      addresses = List.copyOf(addresses);
    }
  }

  /** How bad a finding is, as data loss. */
  enum Severity {
    INFO,
    WARNING,
    DAMAGE
  }

  /** What a running check tells. */
  sealed interface CheckEvent {
    /**
     * Something found; {@code code} is a stable word for programs.
     *
     * @param assetIds assets it touches, some of them if they are many
     * @param paths addresses that name these, some of them if they are many
     * @param fix a stable word for what fsck can do about it; empty if it can do nothing
     * @param fixed the fix has been done
     * @param moreAssets how many assets are not named here
     * @param morePaths how many paths are not named here
     * @param packId the pack it is about; empty if it is about none
     */
    record Finding(
        Severity severity,
        String code,
        String message,
        String hint,
        List<String> assetIds,
        List<String> paths,
        String fix,
        boolean fixed,
        long moreAssets,
        long morePaths,
        String packId)
        implements CheckEvent {
      public Finding {
        assetIds = List.copyOf(assetIds);
        paths = List.copyOf(paths);
      }
    }

    /** How far it is. */
    record Progress(CheckSummary soFar) implements CheckEvent {}
  }

  /**
   * What a check went through.
   *
   * @param checked assets; {@code checkedBytes} their content, or what of it a sample read
   * @param damaged findings of damage, fixed or not
   * @param warnings other findings to act on that were not fixed
   * @param repaired findings that were fixed
   * @param records records of packs; {@code recordBytes} their payloads
   * @param sampleSeed which sample it was; 0 if it was none
   */
  record CheckSummary(
      long checked,
      long checkedBytes,
      long damaged,
      long warnings,
      long repaired,
      long records,
      long recordBytes,
      long sampleSeed) {
    public static final CheckSummary NONE = new CheckSummary(0, 0, 0, 0, 0, 0, 0, 0);
  }
}
