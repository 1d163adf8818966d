package io.aifs.cli.transfer;

import io.aifs.cli.terminal.Printable;
import io.aifs.core.model.AssetKind;
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

  /** Says what is wrong with content that was stored all the same, if anything is. */
  void payload(Path path, AssetKind kind, String problem) {
    if (!problem.isEmpty()) {
      note(path, payload(kind, problem));
    }
  }

  /** What to say of content that was stored though it is not what its kind demands. */
  public static String payload(AssetKind kind, String problem) {
    return "stored, but not what kind " + kind + " demands: " + Printable.of(problem);
  }

  /** How many were left out. */
  public long skippedCount() {
    return skipped.sum();
  }
}
