package io.aifs.cli.progress;

import static org.assertj.core.api.Assertions.assertThat;

import io.aifs.client.Maintenance;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ProgressTest {
  private static final long SECOND = 1_000_000_000L;
  private static final long MIB = 1 << 20;

  private static Tally.View view(long files, long bytes, long stored, Tally.Total total) {
    return new Tally.View(files, bytes, stored, total);
  }

  @Test
  void aLineTellsWhatIsKnown() {
    ProgressLine line = new ProgressLine(new Tally(), true);
    assertThat(line.text(view(1_234, 10 * MIB, 2 * MIB, Tally.Total.UNKNOWN), 2 * SECOND))
        .isEqualTo("1,234 files, 10.0 MiB, stored 2.0 MiB, 5.0 MiB/s");
    assertThat(line.text(view(2, 10 * MIB, MIB, new Tally.Total(4, 40 * MIB)), 2 * SECOND))
        .isEqualTo(
            "[#####---------------]  25 % 2/4 files, 10.0 MiB of 40.0 MiB, stored 1.0 MiB,"
                + " 5.0 MiB/s, ETA 6.0 s");
  }

  @Test
  void aReadingLineDoesNotSpeakOfStoring() {
    assertThat(
            new ProgressLine(new Tally(), false).text(view(1, 0, 0, Tally.Total.UNKNOWN), SECOND))
        .isEqualTo("1 files, 0 B, 0 B/s");
  }

  @Test
  void aLineNeverFillsTheTerminal() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (PrintStream err = new PrintStream(bytes, true, StandardCharsets.UTF_8);
        ProgressDisplay display =
            new ProgressDisplay(err, ProgressMode.PLAIN, 30, () -> 0, _ -> "x".repeat(30))) {
      display.draw();
    }
    assertThat(bytes.toString(StandardCharsets.UTF_8))
        .isEqualToIgnoringNewLines("x".repeat(29) + "\n");
  }

  @Test
  void growingFilesAndEmptyOnesDoNotBreakTheBar() {
    ProgressLine line = new ProgressLine(new Tally(), false);
    assertThat(line.text(view(9, 99, 0, new Tally.Total(4, 40)), SECOND))
        .startsWith("[####################] 100 %");
    assertThat(line.text(view(1, 0, 0, new Tally.Total(2, 0)), 0))
        .startsWith("[##########----------]  50 %");
    assertThat(line.text(view(0, 0, 0, new Tally.Total(0, 0)), 0))
        .startsWith("[####################] 100 %");
  }

  @Test
  void aBarIsErasedBeforeOtherLinesAndAtTheEnd() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    AtomicLong clock = new AtomicLong();
    try (PrintStream err = new PrintStream(bytes, true, StandardCharsets.UTF_8)) {
      ProgressDisplay display =
          new ProgressDisplay(
              err, ProgressMode.BAR, 80, clock::get, new ProgressLine(new Tally(), false));
      clock.set(3 * SECOND);
      display.draw();
      display.message("hello");
      display.draw();
      display.end();
      display.close();
      assertThat(display.elapsed()).hasSeconds(3);
    }
    String erase = "\r\u001b[K";
    String line = "0 files, 0 B, 0 B/s";
    assertThat(bytes.toString(StandardCharsets.UTF_8))
        .isEqualTo(erase + line + erase + "hello" + System.lineSeparator() + erase + line + erase);
  }

  @Test
  void plainProgressIsLines() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (PrintStream err = new PrintStream(bytes, true, StandardCharsets.UTF_8)) {
      ProgressDisplay display =
          new ProgressDisplay(
              err, ProgressMode.PLAIN, 80, () -> 0, new ProgressLine(new Tally(), false));
      display.draw();
      display.close();
    }
    assertThat(bytes.toString(StandardCharsets.UTF_8))
        .isEqualToIgnoringNewLines("0 files, 0 B, 0 B/s\n");
  }

  @Test
  void aCollectionTellsWhatItHasDone() {
    CollectionProgress progress = new CollectionProgress();
    assertThat(progress.text(0)).isEqualTo("0 assets looked through");
    progress.reached(
        new Maintenance.Collection(1_200, 9, 9, 3, 2 * MIB, 0, 1, 2, 0, MIB, 0, 0, 0, 0));
    assertThat(progress.text(SECOND))
        .isEqualTo(
            "1,200 assets looked through, condemned 2.0 MiB, rewrote 2 packs, freed 1.0 MiB");
  }

  @Test
  void autoIsABarOnATerminalOnly() {
    assertThat(ProgressMode.AUTO.on(true)).isEqualTo(ProgressMode.BAR);
    assertThat(ProgressMode.AUTO.on(false)).isEqualTo(ProgressMode.NONE);
    assertThat(ProgressMode.PLAIN.on(false)).isEqualTo(ProgressMode.PLAIN);
    assertThat(ProgressMode.BAR.on(false)).isEqualTo(ProgressMode.BAR);
  }

  @Test
  void streamsCountWhatIsRead() throws IOException {
    Tally tally = new Tally();
    try (CountingStream in = new CountingStream(new ByteArrayInputStream(new byte[10]), tally)) {
      assertThat(in.read()).isZero();
      assertThat(in.readAllBytes()).hasSize(9);
      assertThat(in.read()).isEqualTo(-1);
      assertThat(in.count()).isEqualTo(10);
    }
    assertThat(tally.view().bytes()).isEqualTo(10);
  }
}
