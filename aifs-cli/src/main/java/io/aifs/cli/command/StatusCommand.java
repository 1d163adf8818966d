package io.aifs.cli.command;

import io.aifs.cli.output.Fields;
import io.aifs.cli.output.Sizes;
import io.aifs.cli.output.Table;
import io.aifs.cli.terminal.Printable;
import io.aifs.client.Jobs;
import io.aifs.client.Maintenance;
import io.aifs.core.AifsException;
import io.aifs.core.ExitCode;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import picocli.CommandLine.Command;

/** {@code aifs status}. */
@Command(
    name = "status",
    header = "Say what the store or server is and holds.",
    customSynopsis = "aifs status [OPTIONS]",
    description = "Exit code 9 if it does not answer or is not well.",
    footer = {"Examples:", "  aifs status", "  aifs status --server localhost:50051 -o json"})
final class StatusCommand extends AifsAction {
  StatusCommand(Invocation invocation) {
    super(invocation);
  }

  @Override
  ExitCode run() throws IOException {
    Maintenance maintenance = invocation().client().maintenance();
    Maintenance.Health health = maintenance.health();
    Maintenance.StoreStatus status = maintenance.status();
    List<Jobs.JobInfo> failing = failing(status);
    output().table(table(health, status, failing));
    output().object(fields(health, status, failing));
    return health.healthy() ? ExitCode.OK : ExitCode.UNAVAILABLE;
  }

  /** Why jobs fail, for who may know: others see only their names, in JSON. */
  private List<Jobs.JobInfo> failing(Maintenance.StoreStatus status) throws IOException {
    if (status.failingJobs().isEmpty()) {
      return List.of();
    }
    try {
      return invocation().client().jobs().list().stream()
          .filter(job -> job.failures() > 0)
          .toList();
    } catch (AifsException.Denied _) {
      return List.of();
    }
  }

  private Table table(
      Maintenance.Health health, Maintenance.StoreStatus status, List<Jobs.JobInfo> failing)
      throws IOException {
    Table table =
        new Table()
            .row("store", status.storeId() + ", format " + status.formatVersion())
            .row("reached as", invocation().settings().store().toString())
            .row("health", health.status())
            .row("version", status.version())
            .row("up", Sizes.duration(Duration.ofMillis(status.uptimeMillis())))
            .row("namespaces", Sizes.count(status.namespaces()))
            .row("assets", Sizes.count(status.assets()))
            .row("content", Sizes.bytes(status.contentBytes()));
    if (status.partial()) {
      table.row("not told", "what is of other namespaces or of the whole store, for this token");
    } else {
      table.row(
          "on disk",
          "%s packs (%s of the content), %s catalog, %s reserve"
              .formatted(
                  Sizes.bytes(status.packBytes()),
                  Sizes.share(status.packBytes(), status.contentBytes()),
                  Sizes.bytes(status.catalogBytes()),
                  Sizes.bytes(status.reserveBytes())));
    }
    if (status.condemnedBytes() > 0 || status.orphanBytes() > 0) {
      table.row(
          "of this",
          "%s live, %s condemned%s; beside it %s in files that nothing needs"
              .formatted(
                  Sizes.bytes(status.packBytes() - status.condemnedBytes()),
                  Sizes.bytes(status.condemnedBytes()),
                  status.condemnedUntil().map(until -> " until " + until).orElse(""),
                  Sizes.bytes(status.orphanBytes())));
    }
    if (status.diskTotalBytes() > 0) {
      table.row(
          "disk",
          "%s of %s free"
              .formatted(
                  Sizes.bytes(status.diskFreeBytes()), Sizes.bytes(status.diskTotalBytes())));
    }
    if (status.damagedRecords() > 0) {
      table.row(
          "DAMAGED",
          "%s in %s: run 'aifs fsck'"
              .formatted(
                  Sizes.count(status.damagedRecords(), "record"),
                  Sizes.count(status.quarantinedPacks(), "pack")));
    }
    for (Jobs.JobInfo job : failing) {
      table.row("FAILING JOB", job.name() + ": " + Printable.of(job.lastError()));
    }
    if (!status.addresses().isEmpty()) {
      table.row("listening on", String.join(", ", status.addresses()));
    }
    if (status.devMode()) {
      table.row("DEV MODE", "every call is allowed without a token");
    }
    return table;
  }

  private static Fields fields(
      Maintenance.Health health, Maintenance.StoreStatus status, List<Jobs.JobInfo> failing) {
    return Fields.of("store_id", status.storeId())
        .with("format_version", status.formatVersion())
        .with("healthy", health.healthy())
        .with("health", health.status())
        .with("version", status.version())
        .with("dev_mode", status.devMode())
        .with("uptime_millis", status.uptimeMillis())
        .with("namespaces", status.namespaces())
        .with("assets", status.assets())
        .with("content_bytes", status.contentBytes())
        .with("pack_bytes", status.packBytes())
        .with("catalog_bytes", status.catalogBytes())
        .with("live_bytes", status.packBytes() - status.condemnedBytes())
        .with("condemned_bytes", status.condemnedBytes())
        .with("condemned_until", status.condemnedUntil().map(Instant::toString).orElse(""))
        .with("orphan_bytes", status.orphanBytes())
        .with("reserve_bytes", status.reserveBytes())
        .with("partial", status.partial())
        .with("addresses", status.addresses())
        .with("disk_free_bytes", status.diskFreeBytes())
        .with("disk_total_bytes", status.diskTotalBytes())
        .with("failing_jobs", status.failingJobs())
        .with("job_errors", failing.stream().map(Jobs.JobInfo::lastError).toList())
        .with("quarantined_packs", status.quarantinedPacks())
        .with("damaged_records", status.damagedRecords());
  }
}
