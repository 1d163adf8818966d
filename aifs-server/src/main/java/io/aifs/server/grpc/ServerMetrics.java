package io.aifs.server.grpc;

import io.aifs.server.grpc.flow.MemoryBudget;
import io.aifs.server.grpc.flow.UploadSlots;
import io.aifs.server.grpc.metrics.Counters;
import io.aifs.server.grpc.metrics.Metric;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Every figure of the server at one moment. Thread-safe. */
final class ServerMetrics {
  private final Counters counters;
  private final MemoryBudget budget;
  private final UploadSlots slots;
  private final Supplier<StoreTotals> totals;
  private final EdgeFacts facts;
  private final Clock clock;

  ServerMetrics(
      Counters counters,
      MemoryBudget budget,
      UploadSlots slots,
      Supplier<StoreTotals> totals,
      EdgeFacts facts,
      Clock clock) {
    this.counters = counters;
    this.budget = budget;
    this.slots = slots;
    this.totals = totals;
    this.facts = facts;
    this.clock = clock;
  }

  List<Metric> now() {
    StoreTotals store = totals.get();
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
    all.add(gauge("aifs_pack_bytes", "Packs on disk.", store.packBytes()));
    all.add(gauge("aifs_catalog_bytes", "Catalog on disk.", store.catalogBytes()));
    all.add(gauge("aifs_uptime_seconds", "Since the server started.", uptimeMillis() / 1_000));
    return all;
  }

  long uptimeMillis() {
    return clock.millis() - facts.startedAt().toEpochMilli();
  }

  private static Metric gauge(String name, String help, long value) {
    return Metric.gauge(name, help, value);
  }
}
