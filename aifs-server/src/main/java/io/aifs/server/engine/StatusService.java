package io.aifs.server.engine;

import io.aifs.core.model.Name;
import io.aifs.server.catalog.AssetTotals;
import io.aifs.server.catalog.Catalog;
import io.aifs.server.catalog.NamespaceRow;
import io.aifs.server.catalog.QuarantinedPack;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** What the store is and holds. Thread-safe. */
public final class StatusService {
  private static final int NAMESPACES_MAX = 100_000;

  private final Catalog catalog;
  private final CollectionService collections;
  private final String storeId;
  private final int formatVersion;
  private final DiskSpace.Source disk;
  private final Clock clock;
  private final Instant openedAt;

  /**
   * @param formatVersion of the data directory
   */
  public StatusService(
      Catalog catalog,
      CollectionService collections,
      String storeId,
      int formatVersion,
      DiskSpace.Source disk,
      Clock clock) {
    this.catalog = catalog;
    this.collections = collections;
    this.storeId = storeId;
    this.formatVersion = formatVersion;
    this.disk = disk;
    this.clock = clock;
    this.openedAt = clock.instant();
  }

  /**
   * What the store is and holds. Sizes are bytes.
   *
   * @param uptime since this process opened it
   * @param contentBytes of all assets, before deduplication and compression
   * @param space how the bytes of the packs on disk divide
   * @param quarantinedPacks live packs in which damaged records are known
   * @param damagedRecords how many these are
   */
  public record Status(
      String storeId,
      int formatVersion,
      Duration uptime,
      long namespaces,
      long assets,
      long contentBytes,
      CollectionService.Space space,
      long catalogBytes,
      long quarantinedPacks,
      long damagedRecords) {}

  /** What is left of the disk; empty if the file system does not say. */
  public Optional<DiskSpace> disk() {
    try {
      return Optional.of(disk.look());
    } catch (IOException _) {
      return Optional.empty();
    }
  }

  public Status status() {
    return status(_ -> true);
  }

  /**
   * The same.
   *
   * @param counted the namespaces that count
   */
  public Status status(Predicate<Name> counted) {
    long catalogBytes = catalog.storedBytes();
    CollectionService.Space space = collections.space();
    Duration uptime = Duration.between(openedAt, clock.instant());
    return catalog.read(
        reader -> {
          List<NamespaceRow> rows =
              reader.namespaces().list(Optional.<Name>empty(), NAMESPACES_MAX).stream()
                  .filter(row -> counted.test(row.name()))
                  .toList();
          long assets = 0;
          long contentBytes = 0;
          for (NamespaceRow row : rows) {
            AssetTotals totals = reader.assets().totals(row.number());
            assets += totals.assets();
            contentBytes += totals.contentBytes();
          }
          List<QuarantinedPack> quarantined = reader.damage().packs();
          return new Status(
              storeId,
              formatVersion,
              uptime,
              rows.size(),
              assets,
              contentBytes,
              space,
              catalogBytes,
              quarantined.size(),
              quarantined.stream().mapToLong(QuarantinedPack::records).sum());
        });
  }
}
