package io.aifs.cli.transfer;

import io.aifs.cli.terminal.Printable;
import java.nio.file.Path;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/** Tells the user of single files that need a word while the rest goes on. Thread-safe. */
public final class Notices {
  private final Consumer<String> lines;
  private final LongAdder skipped = new LongAdder();

  /**
   * @param lines takes one line at a time; must be thread-safe
   */
  public Notices(Consumer<String> lines) {
    this.lines = lines;
  }

  /** Something was left out that should not have been: the transfer is partial. */
  void skipped(Path path, String why) {
    skipped(LocalName.shown(path), why);
  }

  void skipped(String name, String why) {
    skipped.increment();
    lines.accept("aifs: skipped " + Printable.of(name) + ": " + why);
  }

  /** Something worth knowing that changes nothing about the result. */
  void note(Path path, String what) {
    lines.accept("aifs: " + Printable.of(LocalName.shown(path)) + ": " + what);
  }

  /** How many were left out. */
  public long skippedCount() {
    return skipped.sum();
  }
}
