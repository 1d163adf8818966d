package io.aifs.server.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aifs.core.model.AssociationData;
import io.aifs.core.model.ObjectId;
import io.aifs.core.model.TimeRange;
import io.aifs.crypto.Digest;
import io.aifs.crypto.testing.SeededTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Associations agree with a model, whoever writes them and whatever is given up meanwhile. */
public abstract class RandomAssociationContract extends CatalogContract {
  private static final List<Digest> ASSETS = List.of(id("a"), id("b"), id("c"));

  @Test
  void everyReadAgreesWithTheModelAfterEveryWrite() {
    SeededTest.run(3, this::writeAtRandom);
  }

  private void writeAtRandom(SplittableRandom seeds) {
    long fresh = createNamespace("s" + Long.toHexString(seeds.nextLong() >>> 32));
    change(writer -> writer.associations().declare(fresh, AssociationWorkload.TYPES));
    AssociationWorkload workload = new AssociationWorkload(new Random(seeds.nextLong()));
    AssociationModel model = new AssociationModel();
    for (int step = 0; step < 120; step++) {
      write(seeds, fresh, workload, model, step);
      if (step % 20 == 19) {
        reopen();
        boolean compared =
            catalog.read(
                reader -> {
                  model.compare(reader, fresh);
                  return true;
                });
        assertThat(compared).isTrue();
      }
    }
  }

  private void write(
      SplittableRandom random,
      long fresh,
      AssociationWorkload workload,
      AssociationModel model,
      int step) {
    List<AssociationKey> keys = workload.keys(ASSETS);
    switch (random.nextInt(4)) {
      case 0 -> {
        change(writer -> writer.associations().deleteAll(fresh, keys));
        keys.forEach(model::delete);
      }
      case 1 ->
          assertThatThrownBy(
                  () ->
                      change(
                          writer -> {
                            writer.associations().putAll(fresh, rows(keys, step));
                            writer.associations().deleteAll(fresh, keys.subList(0, 1));
                            throw new IllegalStateException("given up");
                          }))
              .hasMessage("given up");
      default -> {
        change(writer -> writer.associations().putAll(fresh, rows(keys, step)));
        rows(keys, step).forEach(model::put);
      }
    }
  }

  private static List<AssociationRow> rows(List<AssociationKey> keys, int step) {
    List<AssociationRow> rows = new ArrayList<>();
    for (AssociationKey key : keys) {
      rows.add(
          new AssociationRow(
              key.id1(),
              key.type(),
              key.id2(),
              step / 3 + rows.size() % 2,
              AssociationData.of("s" + step + " " + rows.size())));
    }
    return rows;
  }

  @Test
  void writersAtOnceLeaveCountsAndOtherEndsRight() throws InterruptedException {
    change(writer -> writer.associations().declare(space, AssociationWorkload.TYPES));
    AtomicLong order = new AtomicLong();
    List<Thread> threads = new ArrayList<>();
    List<Throwable> failures = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      AssociationWorkload workload = new AssociationWorkload(new Random(i));
      threads.add(
          Thread.ofPlatform()
              .uncaughtExceptionHandler((_, e) -> failures.add(e))
              .start(
                  () -> {
                    for (int n = 0; n < 60; n++) {
                      List<AssociationKey> keys = workload.keys(ASSETS);
                      int step = (int) order.incrementAndGet();
                      change(
                          writer -> {
                            if (step % 3 == 0) {
                              writer.associations().deleteAll(space, keys);
                            } else {
                              writer.associations().putAll(space, rows(keys, step));
                            }
                          });
                    }
                  }));
    }
    for (Thread thread : threads) {
      thread.join();
    }

    assertThat(failures).isEmpty();
    assertThat(catalog.check()).isEmpty();
    ObjectId run = new ObjectId.External("run:1");
    long listed =
        catalog.read(
            reader ->
                AssociationModel.pages(
                        reader.associations(),
                        space,
                        run,
                        AssociationWorkload.ALIKE.number(),
                        TimeRange.ALL,
                        7)
                    .size());
    long counted =
        catalog.read(
            reader -> reader.associations().count(space, run, AssociationWorkload.ALIKE.number()));
    assertThat(counted).isEqualTo(listed);
  }
}
