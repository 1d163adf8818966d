package io.aifs.tests.causality;

import static org.assertj.core.api.Assertions.assertThat;

import io.aifs.client.AifsClient;
import io.aifs.client.EventOptions;
import io.aifs.client.EventSubscription;
import io.aifs.client.StoreEvent;
import io.aifs.crypto.Digest;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Follows the events from the first one on, across restarts of the server: what an asset was made
 * from has been told before the asset is. One thread follows; any may stop it.
 */
final class FamilyFollower {
  private final FamilyBook book;
  private final AtomicLong observations;
  private final Set<Digest> told = new HashSet<>();
  private EventOptions.Start start = new EventOptions.Start.Oldest();
  private long version;
  private volatile @Nullable EventSubscription running;

  FamilyFollower(FamilyBook book, AtomicLong observations) {
    this.book = book;
    this.observations = observations;
  }

  /** Goes on where the last life ended, until it is stopped or the connection is lost. */
  void follow(AifsClient client) {
    EventOptions options =
        new EventOptions(start, true, List.of("asset.*"), List.of(), List.of(), List.of());
    try (EventSubscription events = client.events().subscribe(options)) {
      running = events;
      while (events.hasNext()) {
        take(events.next());
        start = new EventOptions.Start.After(events.resumeAfter());
      }
    }
  }

  private void take(StoreEvent event) {
    assertThat(event.version())
        .as("versions in the order of events")
        .isGreaterThanOrEqualTo(version);
    version = event.version();
    if (!event.type().equals("asset.put")) {
      return;
    }
    Digest asset = event.asset().orElseThrow();
    assertThat(book.isGivenUp(asset)).as("events tell of %s, which was given up", asset).isFalse();
    assertThat(told)
        .as("what %s was made from was told before", asset)
        .containsAll(book.parents(asset));
    told.add(asset);
    observations.addAndGet(book.parents(asset).size());
  }

  void stop() {
    EventSubscription events = running;
    if (events != null) {
      events.close();
    }
  }
}
