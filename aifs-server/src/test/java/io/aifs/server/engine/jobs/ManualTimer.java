package io.aifs.server.engine.jobs;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** A clock that stands still until a test moves it, and what then falls due. */
public final class ManualTimer extends Clock implements JobTimer {
  private record Task(Instant due, Runnable task) {}

  private final List<Task> tasks = new ArrayList<>();
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");

  @Override
  public synchronized Pending after(Duration delay, Runnable task) {
    Task added = new Task(now.plus(delay), task);
    tasks.add(added);
    return () -> remove(added);
  }

  @Override
  public synchronized void close() {
    tasks.clear();
  }

  private synchronized void remove(Task task) {
    tasks.remove(task);
  }

  /** Moves the clock, and runs on this thread, in order, what falls due meanwhile. */
  public void advance(Duration duration) {
    Instant end = instant().plus(duration);
    for (Task next = next(end); next != null; next = next(end)) {
      next.task().run();
    }
    synchronized (this) {
      now = end;
    }
  }

  private synchronized @org.jspecify.annotations.Nullable Task next(Instant end) {
    Task next = tasks.stream().min(Comparator.comparing(Task::due)).orElse(null);
    if (next == null || next.due().isAfter(end)) {
      return null;
    }
    tasks.remove(next);
    now = next.due().isAfter(now) ? next.due() : now;
    return next;
  }

  @Override
  public synchronized Instant instant() {
    return now;
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    throw new UnsupportedOperationException("only instants are asked for");
  }
}
