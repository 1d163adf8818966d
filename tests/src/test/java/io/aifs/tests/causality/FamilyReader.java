package io.aifs.tests.causality;

import static org.assertj.core.api.Assertions.assertThat;

import io.aifs.client.AifsClient;
import io.aifs.client.Assets.AssetPage;
import io.aifs.client.PathInfo;
import io.aifs.client.SnapshotOptions;
import io.aifs.core.AifsException;
import io.aifs.core.Reason;
import io.aifs.core.address.Ref;
import io.aifs.core.model.AssetInfo;
import io.aifs.core.model.Name;
import io.aifs.core.model.SnapshotId;
import io.aifs.core.model.TreeEntry;
import io.aifs.core.model.TreePath;
import io.aifs.crypto.Digest;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * Looks for assets on one path after the other, and at once for what they were made from, which
 * must be visible or leave a tombstone. One thread's.
 */
final class FamilyReader {
  private static final int AT_ONCE = 200;
  private static final SnapshotOptions SNAPSHOT =
      new SnapshotOptions("causality", "", Map.of(), Optional.empty(), false);

  private final FamilyBook book;
  private final AifsClient client;
  private final SplittableRandom random;
  private final AtomicLong observations;

  /**
   * @param observations counts each child that was seen with each of its parents
   */
  FamilyReader(
      FamilyBook book, AifsClient client, SplittableRandom random, AtomicLong observations) {
    this.book = book;
    this.client = client;
    this.random = random;
    this.observations = observations;
  }

  /** Looks once, on one of the paths that there are. */
  void look() {
    switch (random.nextInt(12)) {
      case 0, 1, 2 -> require("stat", client.assets().statAll(recent()).keySet());
      case 3, 4 -> lookOneByOne();
      case 5, 6 -> require("list", listed());
      case 7, 8, 9 -> require("tree", inTree(Ref.MAIN));
      case 10 -> require("lineage", children());
      default -> require("snapshot", inSnapshot());
    }
  }

  private List<Digest> recent() {
    return book.someRecent(random, AT_ONCE);
  }

  private void lookOneByOne() {
    for (Digest id : book.someRecent(random, 20)) {
      if (isVisible(id)) {
        require("get", Set.of(id));
      }
    }
  }

  private boolean isVisible(Digest id) {
    try {
      client.assets().stat(id);
      return true;
    } catch (AifsException.NotFound e) {
      return false;
    }
  }

  private Set<Digest> listed() {
    AssetPage page = client.assets().list(AT_ONCE, Optional.empty());
    Set<Digest> ids = new HashSet<>();
    page.assets().stream().map(AssetInfo::id).forEach(ids::add);
    return ids;
  }

  private Set<Digest> inTree(Ref ref) {
    TreePath directory = new TreePath("writer-" + random.nextInt(CausalityTest.WRITERS));
    try {
      // Somewhere in the directory, whose names are ids.
      return files(client.tree().list(ref, directory, true, AT_ONCE, Optional.empty()).paths());
    } catch (AifsException.NotFound e) {
      return Set.of(); // nothing is there yet
    }
  }

  private static Set<Digest> files(List<PathInfo> paths) {
    Set<Digest> ids = new HashSet<>();
    for (PathInfo info : paths) {
      if (info.entry() instanceof TreeEntry.File file) {
        ids.add(file.asset());
      }
    }
    return ids;
  }

  /** What one asset's description names as made from it. */
  private Set<Digest> children() {
    Set<Digest> children = new HashSet<>();
    for (Digest id : book.someRecent(random, 5)) {
      if (isVisible(id)) {
        children.addAll(client.assets().stat(id).children());
      }
    }
    return children;
  }

  private Set<Digest> inSnapshot() {
    SnapshotId snapshot = client.history().take(Name.MAIN_BRANCH, SNAPSHOT).snapshot().id();
    try (Stream<Digest> assets = client.history().assets(new Ref.Snapshot(snapshot))) {
      Set<Digest> ids = new HashSet<>();
      assets.forEach(ids::add);
      return ids;
    }
  }

  private void require(String path, Collection<Digest> children) {
    Set<Digest> parents = new HashSet<>();
    long pairs = 0;
    for (Digest child : children) {
      assertThat(book.isGivenUp(child))
          .as("%s shows %s, which was given up", path, child)
          .isFalse();
      parents.addAll(book.parents(child));
      pairs += book.parents(child).size();
    }
    Set<Digest> absent = new HashSet<>(parents);
    absent.removeAll(client.assets().statAll(parents).keySet());
    for (Digest parent : absent) {
      requireDeleted(path, parent);
    }
    observations.addAndGet(pairs);
  }

  private void requireDeleted(String path, Digest parent) {
    try {
      client.assets().stat(parent);
    } catch (AifsException.NotFound e) {
      if (e.reason() == Reason.ASSET_DELETED) {
        return;
      }
    }
    throw new AssertionError(path + " showed a child of " + parent + ", which was not there");
  }
}
