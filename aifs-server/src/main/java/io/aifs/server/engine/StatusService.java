package io.aifs.server.engine;

import io.aifs.core.model.Name;
import io.aifs.crypto.DomainId;
import io.aifs.server.catalog.AssetTotals;
import io.aifs.server.catalog.Catalog;
import io.aifs.server.catalog.NamespaceRow;
import io.aifs.server.catalog.QuarantinedPack;
import io.aifs.server.model.LivePack;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What the store is and holds. Thread-safe. */
public final class StatusService {
  private static final int NAMESPACES_MAX = 100_000;

  private final Catalog catalog;
  private final String storeId;
  private final int formatVersion;
  private final DiskSpace.Source disk;
  private final Clock clock;
  private final Instant openedAt;

  /**
   * @param formatVersion of the data directory
   */
  public StatusService(
      Catalog catalog, String storeId, int formatVersion, DiskSpace.Source disk, Clock clock) {
    this.catalog = catalog;
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
   * @param packBytes of the live packs on disk
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
      long packBytes,
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
    long catalogBytes = catalog.storedBytes();
    Duration uptime = Duration.between(openedAt, clock.instant());
    return catalog.read(
        reader -> {
          List<NamespaceRow> rows =
              reader.namespaces().list(Optional.<Name>empty(), NAMESPACES_MAX);
          long assets = 0;
          long contentBytes = 0;
          Set<DomainId> domains = new LinkedHashSet<>();
          for (NamespaceRow row : rows) {
            AssetTotals totals = reader.assets().totals(row.number());
            assets += totals.assets();
            contentBytes += totals.contentBytes();
            domains.add(row.domain());
          }
          long packBytes = 0;
          for (DomainId domain : domains) {
            for (LivePack pack : reader.ledger().packs(domain)) {
              packBytes += pack.syncedBytes();
            }
          }
          List<QuarantinedPack> quarantined = reader.damage().packs();
          return new Status(
              storeId,
              formatVersion,
              uptime,
              rows.size(),
              assets,
              contentBytes,
              packBytes,
              catalogBytes,
              quarantined.size(),
              quarantined.stream().mapToLong(QuarantinedPack::records).sum());
        });
  }
}
