package io.aifs.client;

import io.aifs.core.model.Name;
import io.aifs.core.model.TreePath;
import io.aifs.crypto.Digest;
import java.util.List;
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

  /** Checks every invariant of the store; {@code readData} also opens and digests every record. */
  CheckSummary fsck(boolean readData, Consumer<CheckEvent> listener);

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
   * @param diskTotalBytes of the data directory's file system; 0 if it does not say
   * @param failingJobs names of jobs whose last turn failed; {@link Jobs#list} says why
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
      List<String> failingJobs) {
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
    /** Something found; {@code code} is a stable word for programs. */
    record Finding(
        Severity severity,
        String code,
        String message,
        String hint,
        List<String> assetIds,
        List<String> paths)
        implements CheckEvent {
      public Finding {
        assetIds = List.copyOf(assetIds);
        paths = List.copyOf(paths);
      }
    }

    /** How far it is. */
    record Progress(CheckSummary soFar) implements CheckEvent {}
  }

  /** What a check went through. */
  record CheckSummary(long checked, long checkedBytes, long damaged, long warnings) {}
}
