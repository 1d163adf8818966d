package io.aifs.cli.quickstart;

import io.aifs.cli.terminal.Printable;
import java.io.IOException;

/** Tells the tour, step by step. */
final class Narrative {
  private final Line out;
  private int step;

  /** Prints a line. */
  interface Line {
    void print(String text) throws IOException;
  }

  Narrative(Line out) {
    this.out = out;
  }

  void say(String text) throws IOException {
    out.print(Printable.of(text));
  }

  /** Begins a step. */
  void step(String title) throws IOException {
    step++;
    say("");
    say(step + ". " + title);
  }

  /** Shows a command as it would be typed. */
  void command(String text) throws IOException {
    say("   $ " + text);
  }

  /** Something about the present step. */
  void detail(String text) throws IOException {
    say("   " + text);
  }

  void detail(String name, Object value) throws IOException {
    say("   %-15s %s".formatted(name, value));
  }
}
