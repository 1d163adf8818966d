package io.aifs.cli.command;

import io.aifs.cli.output.Fields;
import io.aifs.cli.output.Sizes;
import io.aifs.cli.place.Place;
import io.aifs.cli.terminal.Printable;
import io.aifs.cli.transfer.UploadReport;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongFunction;

/**
 * What a put would do, in one line or as fields.
 *
 * @param estimate about how long it would take; empty if no put into this store was timed yet
 */
record DryRunSummary(
    UploadReport report, Place place, Duration elapsed, Optional<Duration> estimate) {
  /**
   * Moving what is new takes as long as it took the last time; what is there is read and asked
   * about as in this dry run.
   *
   * @param timeFor about how long it takes to put so many new bytes
   */
  static DryRunSummary of(
      UploadReport report,
      Place place,
      Duration elapsed,
      LongFunction<Optional<Duration>> timeFor) {
    double known = share(report.bytes() - report.newBytes(), report.bytes());
    Duration reading = Duration.ofMillis(Math.round(elapsed.toMillis() * known));
    Optional<Duration> moving =
        report.newBytes() == 0 ? Optional.of(Duration.ZERO) : timeFor.apply(report.newBytes());
    return new DryRunSummary(report, place, elapsed, moving.map(reading::plus));
  }

  private static double share(long part, long whole) {
    return whole == 0 ? 1 : (double) part / whole;
  }

  private long knownBytes() {
    return report.bytes() - report.newBytes();
  }

  String line() {
    return "would put "
        + PutSummary.counts(report)
        + " at "
        + Printable.of(place.toString())
        + "; "
        + Sizes.count(report.newFiles())
        + " new, "
        + Sizes.bytes(report.newBytes())
        + " to move ("
        + Sizes.share(knownBytes(), report.bytes())
        + " is there), "
        + estimate
            .map(time -> "about " + Sizes.duration(time))
            .orElse("time unknown: no large put has been timed yet")
        + PutSummary.skipped(report);
  }

  Fields fields() {
    return PutSummary.fields(report, place, elapsed, true)
        .with("bytes_to_move", report.newBytes())
        .with("dedup_share", share(knownBytes(), report.bytes()))
        .with("estimated_millis", estimate.map(Duration::toMillis));
  }
}
