package io.aifs.server.engine.history;

import static io.aifs.server.engine.history.HistoryFixture.MAIN;
import static org.assertj.core.api.Assertions.assertThat;

import io.aifs.core.AifsException;
import io.aifs.core.Reason;
import io.aifs.core.model.Name;
import io.aifs.core.model.SnapshotId;
import io.aifs.crypto.testing.SeededTest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Branches and tags behave as plain maps do. */
class RefModelTest {
  private static final int STEPS = 400;
  private static final Mover ADA = new Mover("ada");

  @TempDir Path dir;

  private final Map<Name, SnapshotId> branches = new TreeMap<>();
  private final Map<Name, SnapshotId> tags = new TreeMap<>();
  private final Map<Name, SnapshotId> everTags = new HashMap<>();
  private final List<SnapshotId> known = new ArrayList<>();

  @Test
  void refsAreWhatAMapSays() {
    SeededTest.run(1, this::run);
  }

  private void run(SplittableRandom random) {
    try (HistoryFixture fixture = new HistoryFixture(dir)) {
      known.add(fixture.head(MAIN));
      branches.put(MAIN, known.getFirst());
      for (int step = 0; step < STEPS; step++) {
        change(fixture, random, step);
        if (step % 20 == 0) {
          assertSame(fixture);
        }
      }
      assertSame(fixture);
    }
  }

  private void change(HistoryFixture fixture, SplittableRandom random, int step) {
    Name name = random.nextInt(4) == 0 ? MAIN : new Name("r" + random.nextInt(8));
    SnapshotId to = known.get(random.nextInt(known.size()));
    switch (random.nextInt(7)) {
      case 0 -> snapshot(fixture, name, step);
      case 1 -> start(fixture, name, to);
      case 2 -> move(fixture, name, to, known.get(random.nextInt(known.size())));
      case 3 -> set(fixture, name, to);
      case 4 -> end(fixture, name);
      case 5 -> tag(fixture, name, to);
      default -> untag(fixture, name);
    }
  }

  private void snapshot(HistoryFixture fixture, Name name, int step) {
    if (branches.containsKey(name)) {
      SnapshotId made = fixture.commit(name, "f" + step % 10, "s" + step);
      branches.put(name, made);
      known.add(made);
    }
  }

  private void start(HistoryFixture fixture, Name name, SnapshotId to) {
    Optional<Reason> expected =
        branches.containsKey(name) || everTags.containsKey(name)
            ? Optional.of(Reason.REF_EXISTS)
            : Optional.empty();
    assertThat(
            refusal(
                () -> fixture.history.refs().start(fixture.space, name, to, ADA, Optional.empty())))
        .isEqualTo(expected);
    if (expected.isEmpty()) {
      branches.put(name, to);
    }
  }

  private void move(HistoryFixture fixture, Name name, SnapshotId to, SnapshotId from) {
    SnapshotId stands = branches.get(name);
    Optional<Reason> expected =
        stands == null
            ? Optional.of(Reason.REF_NOT_FOUND)
            : stands.equals(from) ? Optional.empty() : Optional.of(Reason.REF_MOVED);
    assertThat(
            refusal(
                () ->
                    fixture
                        .history
                        .refs()
                        .move(fixture.space, name, to, from, false, ADA, Optional.empty())))
        .isEqualTo(expected);
    if (expected.isEmpty()) {
      branches.put(name, to);
    }
  }

  private void set(HistoryFixture fixture, Name name, SnapshotId to) {
    Optional<Reason> expected =
        !branches.containsKey(name) && everTags.containsKey(name)
            ? Optional.of(Reason.REF_EXISTS)
            : Optional.empty();
    assertThat(
            refusal(
                () -> fixture.history.refs().set(fixture.space, name, to, Optional.empty(), ADA)))
        .isEqualTo(expected);
    if (expected.isEmpty()) {
      branches.put(name, to);
    }
  }

  private void end(HistoryFixture fixture, Name name) {
    Optional<Reason> expected =
        name.equals(MAIN)
            ? Optional.of(Reason.BRANCH_PROTECTED)
            : branches.containsKey(name) ? Optional.empty() : Optional.of(Reason.REF_NOT_FOUND);
    assertThat(
            refusal(
                () ->
                    fixture.history.refs().end(fixture.space, name, false, ADA, Optional.empty())))
        .isEqualTo(expected);
    if (expected.isEmpty()) {
      branches.remove(name);
    }
  }

  private void tag(HistoryFixture fixture, Name name, SnapshotId to) {
    boolean taken =
        branches.containsKey(name)
            || (everTags.containsKey(name) && !to.equals(everTags.get(name)));
    Optional<Reason> expected = taken ? Optional.of(Reason.REF_EXISTS) : Optional.empty();
    assertThat(
            refusal(
                () -> fixture.history.tags().make(fixture.space, name, to, ADA, Optional.empty())))
        .isEqualTo(expected);
    if (expected.isEmpty()) {
      tags.put(name, to);
      everTags.put(name, to);
    }
  }

  private void untag(HistoryFixture fixture, Name name) {
    Optional<Reason> expected =
        tags.containsKey(name) ? Optional.empty() : Optional.of(Reason.REF_NOT_FOUND);
    assertThat(refusal(() -> fixture.history.tags().delete(fixture.space, name)))
        .isEqualTo(expected);
    tags.remove(name);
  }

  private static Optional<Reason> refusal(Runnable call) {
    try {
      call.run();
      return Optional.empty();
    } catch (AifsException e) {
      return Optional.of(e.reason());
    }
  }

  private void assertSame(HistoryFixture fixture) {
    Map<Name, SnapshotId> stored = new TreeMap<>();
    fixture
        .history
        .refs()
        .list(fixture.space, Optional.empty(), 100)
        .forEach(branch -> stored.put(branch.row().name(), branch.head()));
    assertThat(stored).isEqualTo(branches);
    Map<Name, SnapshotId> storedTags = new TreeMap<>();
    fixture
        .history
        .tags()
        .list(fixture.space, Optional.empty(), 100)
        .forEach(tag -> storedTags.put(tag.name(), tag.snapshot()));
    assertThat(storedTags).isEqualTo(tags);
  }
}
