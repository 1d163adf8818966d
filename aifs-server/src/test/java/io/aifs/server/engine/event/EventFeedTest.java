package io.aifs.server.engine.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.aifs.core.AifsException;
import io.aifs.core.Limits;
import io.aifs.core.Reason;
import io.aifs.core.chunk.ChunkerParameters;
import io.aifs.core.model.AssetKind;
import io.aifs.core.model.Name;
import io.aifs.core.model.TreePath;
import io.aifs.crypto.Digest;
import io.aifs.crypto.DomainId;
import io.aifs.crypto.testing.SeededTest;
import io.aifs.server.catalog.Catalog;
import io.aifs.server.catalog.CatalogWriter;
import io.aifs.server.catalog.EventItem;
import io.aifs.server.catalog.EventRow;
import io.aifs.server.catalog.NamespaceRow;
import io.aifs.server.catalog.journal.EventOp;
import io.aifs.server.catalog.sqlite.SqliteCatalog;
import io.aifs.server.catalog.sqlite.SqliteOptions;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventFeedTest {
  private static final Instant NOON = Instant.parse("2026-11-26T12:00:00Z");

  private Catalog catalog;
  private NamespaceRow space;
  private final EventSignal signal = new EventSignal();
  private final AtomicInteger wakings = new AtomicInteger();
  private EventFeed<FeedEvent> feed;

  @BeforeEach
  void open(@TempDir Path directory) {
    catalog = SqliteCatalog.open(directory.resolve("catalog.db"), SqliteOptions.DEFAULT);
    space = create("space");
    feed = newFeed();
  }

  private static void nothing() {}

  private EventFeed<FeedEvent> newFeed() {
    return new EventLog(catalog, signal, EventExpansion.standard())
        .feed(
            (_, event) -> event,
            task -> {
              wakings.incrementAndGet();
              task.run();
            });
  }

  @AfterEach
  void close() {
    feed.close();
    catalog.close();
  }

  private NamespaceRow create(String name) {
    DomainId domain = DomainId.fromBytes(new byte[DomainId.BYTES]);
    NamespaceRow row =
        new NamespaceRow(0, new Name(name), "", NOON, Map.of(), domain, ChunkerParameters.DEFAULT);
    return catalog.write((CatalogWriter writer) -> writer.namespaces().create(row));
  }

  /** Appends a row of so many paths, and tells of it as a journaled catalog does. */
  private long append(NamespaceRow to, String type, int items) {
    List<EventItem> all = new ArrayList<>();
    for (int i = 0; i < items; i++) {
      all.add(
          EventItem.of(Digest.of(new byte[] {(byte) i}), AssetKind.BLOB, i)
              .at(new TreePath("d/" + i)));
    }
    EventRow row = EventRow.of(to.number(), type, NOON, all, Map.of("branch", "main"));
    long sequence = catalog.write((CatalogWriter writer) -> writer.events().append(row));
    signal.changed(List.of(new EventOp.Append(row.withSequence(sequence))));
    return sequence;
  }

  private Subscription<FeedEvent> subscribe(EventFeed.From from) {
    return feed.subscribe(space, from, EventFilter.ALL, EventFeedTest::nothing);
  }

  private static List<FeedEvent> drain(Subscription<FeedEvent> from, int limit) {
    List<FeedEvent> all = new ArrayList<>();
    FeedPage<FeedEvent> page = from.next(limit);
    while (page.looked() > 0) {
      all.addAll(page.events());
      page = from.next(limit);
    }
    return all;
  }

  @Test
  void aRowOfABatchIsAnEventForEachItem() {
    append(space, "tree.put", 3);

    List<FeedEvent> events = drain(subscribe(new EventFeed.From.Start()), 2);

    assertThat(events)
        .extracting(event -> event.path().orElseThrow().value())
        .containsExactly("d/0", "d/1", "d/2");
    assertThat(events).extracting(event -> event.id().position().index()).containsExactly(0, 1, 2);
    assertThat(events).extracting(FeedEvent::branch).containsOnly(Optional.of("main"));
  }

  @Test
  void aRowWithoutItemsIsOneEventAndARevivedAssetHasATypeOfItsOwn() {
    append(space, "ref.move", 0);
    Digest id = Digest.of(new byte[] {1});
    EventRow revived =
        new EventRow(
            0, space.number(), EventRow.ASSET_PUT, NOON, List.of(id), Map.of("revived", "true"));
    catalog.write((CatalogWriter writer) -> writer.events().append(revived));

    assertThat(drain(subscribe(new EventFeed.From.Start()), 10))
        .extracting(FeedEvent::type, FeedEvent::asset)
        .containsExactly(
            tuple("ref.move", Optional.empty()), tuple("asset.revive", Optional.of(id)));
  }

  @Test
  void subscriberFromNowHearsOnlyWhatComesAndIsWoken() {
    append(space, "old", 2);
    AtomicInteger woken = new AtomicInteger();
    Subscription<FeedEvent> from =
        feed.subscribe(space, new EventFeed.From.Now(), EventFilter.ALL, woken::incrementAndGet);
    assertThat(from.next(10).looked()).isZero();

    append(space, "new", 2);
    append(create("other"), "new", 1);

    assertThat(woken).hasValue(1);
    assertThat(drain(from, 10)).extracting(FeedEvent::type).containsExactly("new", "new");
    from.close();
    append(space, "new", 1);
    assertThat(woken).hasValue(1);
    assertThat(feed.subscribers()).isZero();
  }

  @Test
  void everyCutIsResumedExactly() {
    SeededTest.run(
        20,
        random -> {
          NamespaceRow own = create("n" + Long.toHexString(random.nextLong() >>> 1));
          int rows = 1 + random.nextInt(30);
          for (int i = 0; i < rows; i++) {
            append(own, "t" + i, random.nextInt(5));
          }
          List<FeedEvent> all =
              drain(
                  feed.subscribe(
                      own, new EventFeed.From.Start(), EventFilter.ALL, EventFeedTest::nothing),
                  1_000);
          int cut = random.nextInt(all.size());

          EventFeed.From after = new EventFeed.From.After(all.get(cut).id().toString());
          try (Subscription<FeedEvent> rest =
              feed.subscribe(own, after, EventFilter.ALL, EventFeedTest::nothing)) {
            assertThat(drain(rest, 1 + random.nextInt(7)))
                .isEqualTo(all.subList(cut + 1, all.size()));
          }
        });
  }

  @Test
  void manySubscribersReadTheCatalogOnce() {
    List<Subscription<FeedEvent>> many = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      many.add(subscribe(new EventFeed.From.Now()));
    }
    for (int i = 0; i < 50; i++) {
      append(space, "t", 10);
      for (Subscription<FeedEvent> each : many) {
        assertThat(drain(each, 100)).hasSize(10);
      }
    }
    assertThat(feed.rowsRead(space)).isEqualTo(50);
  }

  @Test
  void aSlowSubscriberHoldsNothingAndMissesNothing() {
    Subscription<FeedEvent> slow = subscribe(new EventFeed.From.Now());
    Subscription<FeedEvent> fast = subscribe(new EventFeed.From.Now());
    int rows = 3 * FeedChannel.EVENTS_MAX / 100;
    int heard = 0;
    for (int i = 0; i < rows; i++) {
      append(space, "t" + i, 100);
      heard += drain(fast, 1_000).size();
      assertThat(feed.held(space)).isLessThanOrEqualTo(FeedChannel.EVENTS_MAX);
    }

    assertThat(heard).isEqualTo(rows * 100);
    // A write never asks a subscriber for anything: it has others wake them, once.
    assertThat(wakings.get()).isLessThanOrEqualTo(rows);
    List<FeedEvent> late = drain(slow, 777);
    assertThat(late).hasSize(rows * 100);
    assertThat(late).extracting(FeedEvent::id).doesNotHaveDuplicates();
    assertThat(late.getLast().type()).isEqualTo("t" + (rows - 1));
  }

  @Test
  void orderIsThatOfCommitsUnderConcurrentWriters() throws Exception {
    Subscription<FeedEvent> live = subscribe(new EventFeed.From.Now());
    List<FeedEvent> heard = new ArrayList<>();
    try (ExecutorService writers = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int w = 0; w < 8; w++) {
        int writer = w;
        writers.execute(
            () -> {
              for (int i = 0; i < 50; i++) {
                append(space, "w" + writer, i % 4);
              }
            });
      }
      while (heard.isEmpty() || heard.getLast().version() < 8 * 50) {
        heard.addAll(live.next(64).events());
      }
    }
    heard.addAll(drain(live, 64));

    List<Long> committed =
        catalog.read(reader -> reader.events().after(space.number(), 0, 1_000)).stream()
            .flatMap(row -> EventExpansion.standard().expand(row).stream())
            .map(FeedEvent::version)
            .toList();
    assertThat(heard).extracting(FeedEvent::version).isEqualTo(committed);
  }

  @Test
  void subscriberThatWantsLittleIsToldHowFarItCame() {
    append(space, "tree.put", 10);
    EventFilter none = new EventFilter(List.of("ref.move"), List.of(), Set.of(), List.of(), false);
    Subscription<FeedEvent> from =
        feed.subscribe(space, new EventFeed.From.Start(), none, EventFeedTest::nothing);

    FeedPage<FeedEvent> page = from.next(4);

    assertThat(page.events()).isEmpty();
    assertThat(page.looked()).isEqualTo(4);
    assertThat(page.end().position().index()).isEqualTo(3);
    assertThat(from.last()).isEqualTo(page.end());
  }

  private void assertRefused(Reason reason, String id) {
    assertThatThrownBy(() -> subscribe(new EventFeed.From.After(id)))
        .isInstanceOfSatisfying(AifsException.class, e -> assertThat(e.reason()).isEqualTo(reason));
    assertThat(feed.subscribers()).isZero();
  }

  @Test
  void anIdThatIsNotOfThisNamespaceIsRefused() {
    append(space, "t", 2);
    NamespaceRow other = create("other");
    long foreign = append(other, "t", 1);
    assertRefused(Reason.EVENT_ID_INVALID, "yesterday");
    assertRefused(
        Reason.EVENT_ID_INVALID, EventId.of(NOON, new FeedPosition(foreign, 0)).toString());
    assertRefused(Reason.EVENT_ID_INVALID, EventId.of(NOON, new FeedPosition(1, 2)).toString());
    assertRefused(
        Reason.EVENT_ID_INVALID, EventId.of(Instant.EPOCH, new FeedPosition(1, 0)).toString());
    assertRefused(Reason.EVENT_ID_INVALID, EventId.of(NOON, new FeedPosition(99, 0)).toString());
  }

  @Test
  void anIdOlderThanWhatIsKeptIsRefusedAsThat() {
    append(create("other"), "t", 1);
    append(space, "t", 1);
    assertRefused(Reason.EVENTS_NOT_KEPT, EventId.of(NOON, new FeedPosition(1, 0)).toString());
  }

  @Test
  void subscribersAreLimited() {
    for (int i = 0; i < Limits.SUBSCRIBERS_MAX; i++) {
      subscribe(new EventFeed.From.Start());
    }
    assertThatThrownBy(() -> subscribe(new EventFeed.From.Start()))
        .isInstanceOf(AifsException.LimitExceeded.class);
  }

  @Test
  void aFeedThatEndsWakesItsSubscribersAndTellsThem() {
    AtomicInteger woken = new AtomicInteger();
    Subscription<FeedEvent> from =
        feed.subscribe(space, new EventFeed.From.Now(), EventFilter.ALL, woken::incrementAndGet);

    feed.close();

    assertThat(woken).hasValue(1);
    assertThatThrownBy(() -> from.next(1)).isInstanceOf(AifsException.Unavailable.class);
    assertThatThrownBy(() -> subscribe(new EventFeed.From.Now()))
        .isInstanceOf(AifsException.Unavailable.class);
  }
}
