package io.aifs.server.grpc;

import io.aifs.server.engine.StatusService;
import io.aifs.server.grpc.flow.MemoryBudget;
import io.aifs.server.grpc.flow.UploadSlots;
import io.aifs.server.grpc.metrics.Counters;
import io.aifs.server.grpc.metrics.Metric;
import java.util.ArrayList;
import java.util.List;

/** Every figure of the server at one moment. Thread-safe. */
final class ServerMetrics {
  private final Counters counters;
  private final MemoryBudget budget;
  private final UploadSlots slots;

  ServerMetrics(Counters counters, MemoryBudget budget, UploadSlots slots) {
    this.counters = counters;
    this.budget = budget;
    this.slots = slots;
  }

  List<Metric> now(StatusService.Status store) {
    List<Metric> all = new ArrayList<>(counters.metrics());
    all.add(gauge("aifs_uploads_active", "Uploads that hold a slot.", slots.taken()));
    all.add(
        gauge(
            "aifs_message_budget_used_bytes",
            "Bytes of large messages in flight.",
            budget.usedBytes()));
    all.add(
        gauge(
            "aifs_message_budget_bytes",
            "Bytes that large messages may take.",
            budget.capacityBytes()));
    all.add(gauge("aifs_namespaces", "Namespaces.", store.namespaces()));
    all.add(gauge("aifs_assets", "Visible assets over all namespaces.", store.assets()));
    all.add(gauge("aifs_content_bytes", "Content of all assets.", store.contentBytes()));
    all.add(gauge("aifs_pack_bytes", "Packs on disk.", store.space().packBytes()));
    all.add(gauge("aifs_catalog_bytes", "Catalog on disk.", store.catalogBytes()));
    all.add(gauge("aifs_uptime_seconds", "Since the server started.", store.uptime().toSeconds()));
    return all;
  }

  private static Metric gauge(String name, String help, long value) {
    return Metric.gauge(name, help, value);
  }
}
