package io.aifs.server.engine.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aifs.crypto.testing.SeededTest;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventIdTest {
  @Test
  void textIsAUuidOfVersionSevenAndSaysItAll() {
    SeededTest.run(
        1_000,
        random -> {
          EventId id =
              new EventId(
                  random.nextLong(1L << 48),
                  new FeedPosition(random.nextLong(1L << 50), random.nextInt(1 << 24)));
          UUID uuid = UUID.fromString(id.toString());
          assertThat(uuid.version()).isEqualTo(7);
          assertThat(uuid.variant()).isEqualTo(2);
          assertThat(EventId.parse(id.toString())).contains(id);
        });
  }

  @Test
  void textIsThatOfTheFormatsPage() {
    EventId id = new EventId(1_764_158_400_000L, new FeedPosition(4_660, 18));
    assertThat(id).hasToString("019ac008-e600-7000-8000-001234000012");
    assertThat(EventId.START).hasToString("00000000-0000-7000-8000-000000000000");
  }

  @Test
  void laterEventsHaveTextsThatSortLater() {
    SeededTest.run(
        500,
        random -> {
          long sequence = random.nextLong(1L << 49);
          int index = random.nextInt(1 << 23);
          String one = new EventId(9, new FeedPosition(sequence, index)).toString();
          String next = new EventId(9, new FeedPosition(sequence, index + 1)).toString();
          String later = new EventId(9, new FeedPosition(sequence + 1, 0)).toString();
          assertThat(one).isLessThan(next);
          assertThat(next).isLessThan(later);
        });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x",
        "019abffb-4800-7000-8000-00123400001",
        "019ABFFB-4800-7000-8000-001234000012",
        "019abffb-4800-4000-8000-001234000012",
        "019abffb-4800-7000-c000-001234000012",
        "019abffb4800-7000-8000-0012340000120",
        "-19abffb-4800-7000-8000-001234000012"
      })
  void anythingElseIsNone(String text) {
    assertThat(EventId.parse(text)).isEmpty();
  }

  @Test
  void whatDoesNotFitIsRefused() {
    assertThatThrownBy(() -> new EventId(-1, FeedPosition.START))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new EventId(0, new FeedPosition(1L << 50, 0)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new EventId(0, new FeedPosition(1, 1 << 24)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
