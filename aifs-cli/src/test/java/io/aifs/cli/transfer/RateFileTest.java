package io.aifs.cli.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RateFileTest {
  private static final long BYTES = 100L << 20;

  @TempDir Path directory;
  private final TemporaryFiles temporaries = new TemporaryFiles();

  private Path path() {
    return directory.resolve("deep/er/default.rate");
  }

  private RateFile file() {
    return new RateFile(path(), temporaries);
  }

  @Test
  void theLastPutThatSaysSomethingCounts() {
    assertThat(file().timeFor(BYTES)).isEmpty();
    file().learn(BYTES, BYTES, Duration.ofSeconds(10));
    assertThat(file().timeFor(2 * BYTES)).hasValue(Duration.ofSeconds(20));
    file().learn(BYTES, BYTES, Duration.ofSeconds(5));
    assertThat(file().timeFor(BYTES)).hasValue(Duration.ofSeconds(5));
  }

  @Test
  void aPutOfLittleOrMostlyOfWhatIsThereSaysNothing() {
    file().learn(RateFile.TIMED_BYTES_MIN - 1, RateFile.TIMED_BYTES_MIN - 1, Duration.ofHours(1));
    file().learn(BYTES, 3 * BYTES, Duration.ofHours(1));
    file().learn(BYTES, BYTES, Duration.ZERO);
    assertThat(path()).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "fast", "-5", "0", "99999999999999999999", "1 2"})
  void aDamagedFileIsAsGoodAsNone(String content) throws IOException {
    Files.createDirectories(directory.resolve("deep/er"));
    Files.writeString(path(), content);
    assertThat(file().timeFor(BYTES)).isEmpty();
  }
}
