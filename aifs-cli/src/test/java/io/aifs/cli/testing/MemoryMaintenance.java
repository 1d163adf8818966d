package io.aifs.cli.testing;

import io.aifs.client.Maintenance;
import io.aifs.core.model.Name;
import io.aifs.core.model.TreePath;
import io.aifs.crypto.Digest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/** A store's care in memory. */
record MemoryMaintenance(MemoryStore store, Name namespace) implements Maintenance {
  @Override
  public Health health() {
    store.space(namespace);
    return new Health(store.healthy, store.healthy ? "SERVING" : "NOT_SERVING");
  }

  @Override
  public StoreStatus status() {
    return new StoreStatus(
        "1.2.3",
        store.storeId,
        1,
        true,
        65_000,
        1,
        2,
        4_096,
        1_024,
        512,
        List.of("unix:x"),
        1 << 20,
        1 << 30,
        store.jobError.isEmpty() ? List.of() : List.of("scrub"),
        store.findings.isEmpty() ? 0 : 1,
        store.findings.size(),
        24,
        Optional.of(Instant.EPOCH),
        8,
        64,
        false);
  }

  @Override
  public ServerInfo info() {
    return new ServerInfo("1.2.3", "{}", List.of());
  }

  @Override
  public String metrics() {
    return "";
  }

  @Override
  public String format(boolean dryRun) {
    return "";
  }

  @Override
  public CheckSummary verify(
      List<Digest> ids, Name branch, List<TreePath> paths, Consumer<CheckEvent> listener) {
    MemorySpace space = store.space(namespace);
    ids.forEach(space::require);
    paths.forEach(space::require);
    long checked =
        ids.isEmpty() && paths.isEmpty() ? space.assets.size() : ids.size() + paths.size();
    listener.accept(new CheckEvent.Progress(CheckSummary.NONE));
    return summary(checked, listener);
  }

  @Override
  public CheckSummary verifySample(double share, OptionalLong seed, Consumer<CheckEvent> listener) {
    long checked = Math.round(store.space(namespace).assets.size() * share);
    return new CheckSummary(checked, checked * 10, 0, 0, 0, 0, 0, seed.orElse(4_711));
  }

  /** A repair fixes all that has a fix. */
  @Override
  public CheckSummary fsck(boolean readData, boolean repair, Consumer<CheckEvent> listener) {
    long assets = store.space(namespace).assets.size();
    long repaired = 0;
    if (repair) {
      for (CheckEvent.Finding finding : List.copyOf(store.findings)) {
        if (!finding.fix().isEmpty()) {
          store.findings.remove(finding);
          listener.accept(fixed(finding));
          repaired++;
        }
      }
    }
    CheckSummary rest = summary(assets, listener);
    return new CheckSummary(
        assets, rest.checkedBytes(), rest.damaged(), rest.warnings(), repaired, 0, 0, 0);
  }

  private static CheckEvent.Finding fixed(CheckEvent.Finding finding) {
    return new CheckEvent.Finding(
        finding.severity(),
        finding.code(),
        finding.message(),
        finding.hint(),
        finding.assetIds(),
        finding.paths(),
        finding.fix(),
        true,
        finding.moreAssets(),
        finding.morePaths(),
        finding.packId());
  }

  @Override
  public Collection collect(boolean dryRun, Duration grace, Consumer<Collection> listener) {
    long freed = grace.isZero() && !dryRun ? 2_048 : 0;
    return new Collection(2, 10, 4_096, 3, 2_048, 0, 1, 0, 1, freed, 0, 0, 2_048 - freed, 1);
  }

  @Override
  public long undoCollection() {
    return 3;
  }

  @Override
  public void revive(Digest id) {
    store.revived.add(id);
  }

  private CheckSummary summary(long checked, Consumer<CheckEvent> listener) {
    store.findings.forEach(listener);
    return new CheckSummary(
        checked, checked * 10, count(Severity.DAMAGE), count(Severity.WARNING), 0, 0, 0, 0);
  }

  private long count(Severity severity) {
    return store.findings.stream().filter(finding -> finding.severity() == severity).count();
  }
}
