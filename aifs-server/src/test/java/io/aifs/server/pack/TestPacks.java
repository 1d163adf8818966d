package io.aifs.server.pack;

import io.aifs.crypto.DomainId;
import io.aifs.server.model.LivePack;
import io.aifs.server.model.PackId;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** A disk, a ledger of live packs, and stores opened over them. */
final class TestPacks {
  static final DomainId DOMAIN = DomainId.parse("d0".repeat(16));
  static final PackHeaderInfo HEADER = new PackHeaderInfo(3, "local:key-1");
  static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-21T12:00:00.123Z"), ZoneOffset.UTC);

  final TestDisk disk;
  final Map<PackId, LivePack> ledger = new TreeMap<>();
  private final AtomicInteger packs;

  TestPacks() {
    this(new TestDisk(), new AtomicInteger());
  }

  private TestPacks(TestDisk disk, AtomicInteger packs) {
    this.disk = disk;
    this.packs = packs;
  }

  /** The same ledger over another disk, such as what a power cut left. */
  TestPacks over(TestDisk other) {
    TestPacks copy = new TestPacks(other, packs);
    copy.ledger.putAll(ledger);
    return copy;
  }

  PackStore open() {
    return open(PackOptions.DEFAULT);
  }

  PackStore open(PackOptions options) {
    return PackStore.open(
        disk, DOMAIN, List.copyOf(ledger.values()), HEADER, options, ids(), CLOCK);
  }

  /** Ids that differ, over two directories. */
  Supplier<PackId> ids() {
    return () -> {
      int number = packs.getAndIncrement();
      return new PackId("%02x%030x".formatted(0xa0 + number % 2, number));
    };
  }

  /** Records packs as the catalog does: what is known of one only grows. */
  void commit(RecordStore store, Collection<LivePack> synced) {
    for (LivePack pack : synced) {
      ledger.merge(
          pack.id(),
          pack,
          (old, grown) ->
              new LivePack(
                  old.id(),
                  old.domain(),
                  Math.max(old.syncedBytes(), grown.syncedBytes()),
                  old.sealed() || grown.sealed()));
    }
    store.recorded(List.copyOf(synced));
  }

  /** Writes records into one pack of its own and records it, sealed or not. */
  String pack(List<PackRecord> records, boolean sealed) throws java.io.IOException {
    try (PackStore store = open()) {
      store.append(records);
      List<LivePack> synced = sealed ? store.seal() : store.sync();
      commit(store, synced);
      return PackFormat.fileName(synced.getFirst().id());
    }
  }
}
