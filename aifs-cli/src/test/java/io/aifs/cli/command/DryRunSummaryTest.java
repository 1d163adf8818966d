package io.aifs.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.aifs.cli.place.Place;
import io.aifs.cli.transfer.UploadReport;
import io.aifs.core.address.Ref;
import io.aifs.core.model.Name;
import io.aifs.core.model.TreePath;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DryRunSummaryTest {
  private static final long MIB = 1 << 20;
  private static final Place PLACE =
      new Place.OfPath(Name.DEFAULT_NAMESPACE, Ref.MAIN, new TreePath("d"), false);

  private static UploadReport report(long bytes, long newBytes) {
    return new UploadReport(3, 0, 0, bytes, 2, newBytes, 0, 0, 0, 0);
  }

  private static DryRunSummary summary(UploadReport report, Optional<Duration> moving) {
    return DryRunSummary.of(report, PLACE, Duration.ofSeconds(8), _ -> moving);
  }

  @Test
  void whatIsThereIsReadAndWhatIsNewIsMoved() {
    DryRunSummary summary =
        summary(report(100 * MIB, 25 * MIB), Optional.of(Duration.ofSeconds(30)));
    assertThat(summary.line()).contains("25.0 MiB to move (75 % is there), about 36 s");
    assertThat(summary.fields().map())
        .containsEntry("bytes_to_move", 25 * MIB)
        .containsEntry("dedup_share", 0.75)
        .containsEntry("estimated_millis", Optional.of(36_000L))
        .containsEntry("dry_run", true);
  }

  @Test
  void withoutAPutToGoByNothingIsSaidOfTheTime() {
    DryRunSummary summary = summary(report(100 * MIB, 25 * MIB), Optional.empty());
    assertThat(summary.line()).contains("time unknown: no large put has been timed yet");
    assertThat(summary.fields().map()).containsEntry("estimated_millis", Optional.empty());
  }

  @Test
  void whereAllIsThereOnlyReadingCounts() {
    assertThat(summary(report(100 * MIB, 0), Optional.empty()).line())
        .contains("0 B to move (100 % is there), about 8.0 s");
    assertThat(summary(report(0, 0), Optional.empty()).fields().map())
        .containsEntry("dedup_share", 1.0);
  }
}
