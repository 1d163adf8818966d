package io.aifs.cli.progress;

import io.aifs.cli.output.Sizes;
import java.time.Duration;

/** How far a transfer is. */
public final class ProgressLine implements Progress {
  private static final int BAR_CELLS = 20;
  private static final long NANOS = 1_000_000_000L;

  private final Tally tally;
  private final boolean showsStored;

  /**
   * @param showsStored whether what the store grew by is worth telling
   */
  public ProgressLine(Tally tally, boolean showsStored) {
    this.tally = tally;
    this.showsStored = showsStored;
  }

  @Override
  public String text(long elapsedNanos) {
    return text(tally.view(), elapsedNanos);
  }

  String text(Tally.View view, long elapsedNanos) {
    StringBuilder line = new StringBuilder();
    Tally.Total total = view.total();
    if (total.isKnown()) {
      line.append(bar(view)).append(' ');
    }
    line.append(Sizes.count(view.files()));
    if (total.isKnown()) {
      line.append('/').append(Sizes.count(total.files()));
    }
    line.append(" files, ").append(Sizes.bytes(view.bytes()));
    if (total.isKnown()) {
      line.append(" of ").append(Sizes.bytes(total.bytes()));
    }
    if (showsStored) {
      line.append(", stored ").append(Sizes.bytes(view.storedBytes()));
    }
    long rate = bytesPerSecond(view.bytes(), elapsedNanos);
    line.append(", ").append(Sizes.bytes(rate)).append("/s");
    if (total.isKnown() && rate > 0) {
      line.append(", ETA ").append(Sizes.duration(left(view, rate)));
    }
    return line.toString();
  }

  static long bytesPerSecond(long bytes, long elapsedNanos) {
    return elapsedNanos <= 0 ? 0 : (long) ((double) bytes * NANOS / elapsedNanos);
  }

  private static Duration left(Tally.View view, long rate) {
    long bytesLeft = Math.max(0, view.total().bytes() - view.bytes());
    return Duration.ofSeconds(Math.ceilDiv(bytesLeft, rate));
  }

  private static String bar(Tally.View view) {
    double share = share(view);
    int full = (int) (share * BAR_CELLS);
    return "[%s%s] %3d %%"
        .formatted("#".repeat(full), "-".repeat(BAR_CELLS - full), (int) (share * 100));
  }

  /** By bytes; by files where there are no bytes. Never over 1, though files may grow. */
  private static double share(Tally.View view) {
    Tally.Total total = view.total();
    double share =
        total.bytes() > 0
            ? (double) view.bytes() / total.bytes()
            : total.files() > 0 ? (double) view.files() / total.files() : 1.0;
    return Math.clamp(share, 0.0, 1.0);
  }
}
