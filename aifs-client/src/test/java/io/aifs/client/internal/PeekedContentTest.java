package io.aifs.client.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.aifs.client.Content;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PeekedContentTest {
  private final AtomicInteger closes = new AtomicInteger();

  private Content once(byte[] bytes) {
    return Content.once(
        new ByteArrayInputStream(bytes) {
          @Override
          public void close() {
            closes.incrementAndGet();
          }
        });
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 99, 100, 101, 1_000})
  void whatWasLookedAtIsReadAgain(int length) throws IOException {
    byte[] bytes = Seeded.bytes(length);
    try (PeekedContent peeked = PeekedContent.of(once(bytes), 100)) {
      assertThat(peeked.isSmall()).isEqualTo(length <= 100);
      assertThat(peeked.repeatable()).isEqualTo(length <= 100);
      try (InputStream in = peeked.open()) {
        assertThat(in.readAllBytes()).isEqualTo(bytes);
      }
    }
    assertThat(closes).hasValue(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {100, 101})
  void whatNobodyOpensIsClosed(int length) throws IOException {
    PeekedContent.of(once(Seeded.bytes(length)), 100).close();
    assertThat(closes).hasValue(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {100, 1_000})
  void repeatableContentIsReadAsOftenAsOneLikes(int length) throws IOException {
    byte[] bytes = Seeded.bytes(length);
    try (PeekedContent peeked = PeekedContent.of(Content.of(bytes), 100)) {
      for (int times = 0; times < 3; times++) {
        try (InputStream in = peeked.open()) {
          assertThat(in.readAllBytes()).isEqualTo(bytes);
        }
      }
    }
  }
}
