package io.aifs.server.file;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * The one order of everything that changes a simulated machine, until its power is cut. Disk and
 * catalog of a machine share one, so that a cut falls between, or into, steps of either.
 * Thread-safe.
 */
public final class Timeline {
  private final boolean tracing;
  private final List<String> trace = new ArrayList<>();
  private long stepsLeft = Long.MAX_VALUE;
  private long steps;
  private boolean power = true;

  /**
   * @param tracing whether to keep a line for each step
   */
  public Timeline(boolean tracing) {
    this.tracing = tracing;
  }

  /** The power goes off in the midst of the step with this number, counted from now. */
  public synchronized void cutIn(long steps) {
    if (steps < 1) {
      throw new IllegalArgumentException("steps is below 1: " + steps);
    }
    stepsLeft = steps;
  }

  /** The power stays on. */
  public synchronized void cutNever() {
    stepsLeft = Long.MAX_VALUE;
  }

  /**
   * Begins a step. True means that the power goes off in it: the caller may do all, some or nothing
   * of it, and throws.
   *
   * @throws PowerCutException if the power is off already
   */
  public synchronized boolean step(Supplier<String> what) throws PowerCutException {
    requirePower(what);
    steps++;
    stepsLeft--;
    power = stepsLeft > 0;
    note(() -> steps + " " + what.get() + (power ? "" : " *** power cut ***"));
    return !power;
  }

  /** For what changes nothing. */
  public synchronized void requirePower(Supplier<String> what) throws PowerCutException {
    if (!power) {
      throw new PowerCutException(what.get());
    }
  }

  /** Now. */
  public synchronized void powerOff() {
    power = false;
  }

  /** Turns the power on again, for a machine that starts from what was left. */
  public synchronized void powerOn() {
    power = true;
    cutNever();
  }

  public synchronized boolean hasPower() {
    return power;
  }

  /** Adds a line to the trace. */
  public synchronized void note(Supplier<String> line) {
    if (tracing) {
      trace.add(line.get());
    }
  }

  public synchronized List<String> trace() {
    return List.copyOf(trace);
  }
}
