package io.aifs.server.grpc;

import io.aifs.proto.v1.GetStatusResponse;
import io.aifs.server.auth.Caller;
import io.aifs.server.auth.Permission;
import io.aifs.server.engine.DiskSpace;
import io.aifs.server.engine.StatusService;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** What a server says of itself now, as far as the caller may know. Thread-safe. */
record StatusCalls(EdgeFacts facts, StatusService store, Supplier<List<String>> addresses) {
  GetStatusResponse to(Caller caller, JobCalls jobs) {
    boolean counts = mayCount(caller);
    boolean whole = counts && caller.namespaces().isEmpty();
    StatusService.Status status = store.status(name -> counts && caller.mayUse(name));
    GetStatusResponse.Builder reply =
        GetStatusResponse.newBuilder()
            .setVersion(facts.version())
            .setStoreId(status.storeId())
            .setFormatVersion(status.formatVersion())
            .setDevMode(facts.dev())
            .setUptimeMillis(status.uptime().toMillis())
            .addAllAddresses(addresses.get())
            .setNamespaces(status.namespaces())
            .setAssets(status.assets())
            .setContentBytes(status.contentBytes())
            .setPartial(!whole);
    if (whole) {
      addStore(status, reply);
      addDisk(reply);
      reply.addAllFailingJobs(jobs.failing());
    }
    return reply.build();
  }

  /** Who may only put could learn from a count whether what it put was there. */
  private static boolean mayCount(Caller caller) {
    return caller.readsAll()
        || (caller.restrictions().isNone()
            && (caller.permissions().contains(Permission.METRICS)
                || caller.permissions().contains(Permission.ADMIN)));
  }

  private static void addStore(StatusService.Status status, GetStatusResponse.Builder reply) {
    reply
        .setPackBytes(status.space().packBytes())
        .setCatalogBytes(status.catalogBytes())
        .setQuarantinedPacks(status.quarantinedPacks())
        .setDamagedRecords(status.damagedRecords())
        .setCondemnedBytes(status.space().condemnedBytes())
        .setCondemnedUntilMillis(
            status.space().condemnedUntil().map(Instant::toEpochMilli).orElse(0L))
        .setOrphanBytes(status.space().orphanBytes());
  }

  private void addDisk(GetStatusResponse.Builder reply) {
    Optional<DiskSpace> disk = store.disk();
    disk.ifPresent(
        space ->
            reply
                .setDiskFreeBytes(space.freeBytes())
                .setDiskTotalBytes(space.totalBytes())
                .setReserveBytes(space.reserveBytes()));
  }
}
