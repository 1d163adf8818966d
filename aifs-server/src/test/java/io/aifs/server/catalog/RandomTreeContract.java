package io.aifs.server.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.aifs.core.model.AssetKind;
import io.aifs.core.model.FileAttributes;
import io.aifs.core.model.PathEntry;
import io.aifs.core.model.TreeEntry;
import io.aifs.core.model.TreePath;
import io.aifs.core.tree.TreeRoot;
import io.aifs.crypto.Digest;
import io.aifs.crypto.testing.SeededTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;

/** Working states agree with {@link TreeModel} over random changes and random questions. */
public abstract class RandomTreeContract extends CatalogContract {
  /** Few names that are parts of each other and differ around the slash, and some Unicode. */
  private static final List<String> NAMES =
      List.of(
          "a", "a-b", "a.b", "a0", "a b", "ab", "a-", "a--", "a.", "-", "0", "é", "é-", "☃", "☃!",
          "😀", "😀a", "\uE000", "\u0001", "a\u0001", "~");

  private static final int STEPS = 300;

  private final TreeModel model = new TreeModel();
  private final List<Digest> assets =
      IntStream.range(0, 5).mapToObj(i -> id("asset " + i)).toList();

  private SplittableRandom random = new SplittableRandom();

  /** The tree that a frozen overlay and all below it come to. */
  private Optional<TreeRoot> frozen = Optional.empty();

  @RepeatedTest(3)
  void workingStateAgreesWithAPlainModel() {
    put(assets.toArray(Digest[]::new));
    SeededTest.run(
        1,
        seeded -> {
          random = seeded;
          for (int step = 0; step < STEPS; step++) {
            changeBoth("step " + step);
            askBoth("step " + step);
          }
        });
  }

  private void changeBoth(String where) {
    TreePath path = randomPath(1);
    switch (random.nextInt(17)) {
      case 0 ->
          assertThat(
                  catalog.write(writer -> writer.tree().removeBelow(space, MAIN, path)).longValue())
              .as(where + ": remove below '" + path + "'")
              .isEqualTo(model.removeBelow(path));
      case 1, 2 -> {
        List<TreePath> paths = List.of(path, randomPath(1), path);
        assertThat(catalog.write(writer -> writer.tree().removeAll(space, MAIN, paths)).intValue())
            .as(where)
            .isEqualTo(model.removeAll(paths));
      }
      case 3 -> {
        Digest asset = assets.get(random.nextInt(assets.size()));
        assertThat(catalog.<Long>write(writer -> removePathsOf(writer, space, asset)))
            .as(where + ": remove the paths of " + asset)
            .isEqualTo(model.removePathsOf(asset));
      }
      case 4, 5 -> moveBoth(path, randomPath(1), where);
      case 6 -> freeze();
      case 7 -> fold();
      case 8 -> graftBoth(path);
      default -> {
        List<PathEntry> entries = new ArrayList<>();
        for (int i = random.nextInt(6); i >= 0; i--) {
          entries.add(new PathEntry(randomPath(1), randomEntry()));
        }
        assertThat(catalog.write(writer -> writer.tree().putAll(space, MAIN, entries)).intValue())
            .as(where)
            .isEqualTo(model.putAll(entries));
      }
    }
  }

  /** From now on the overlay changes no more; what it and all below come to is a tree. */
  private void freeze() {
    WorkingTree tree =
        catalog.write(writer -> writer.working().freeze(space, MAIN, TreePart.PATHS));
    if (tree.frozen().isPresent() && frozen.isEmpty()) {
      frozen = Optional.of(trees.keep(model.copy()));
    }
  }

  private void fold() {
    boolean done =
        catalog.write(
            writer -> {
              WorkingTree tree = writer.working().tree(space, MAIN, TreePart.PATHS).orElseThrow();
              return tree.frozen().isPresent()
                  && writer
                      .working()
                      .folded(
                          space,
                          MAIN,
                          TreePart.PATHS,
                          tree.frozen().getAsLong(),
                          frozen.orElseThrow());
            });
    assertThat(done).isEqualTo(frozen.isPresent());
    frozen = Optional.empty();
    assertThat(catalog.<Long>write(writer -> writer.working().dropLeftOver(1_000))).isNotNegative();
  }

  private void graftBoth(TreePath path) {
    SortedMap<TreePath, TreeEntry> other = new TreeMap<>();
    for (int i = random.nextInt(5); i > 0; i--) {
      other.put(randomPath(1), randomEntry());
    }
    TreeRoot root = trees.keep(other);
    TreePath source = random.nextBoolean() ? TreePath.ROOT : randomPath(1);
    change(writer -> writer.tree().graft(space, MAIN, path, root, source));
    model.graft(path, other, source);
  }

  private void moveBoth(TreePath from, TreePath to, String where) {
    if (!from.contains(to) && !to.contains(from) && model.find(to).isEmpty()) {
      assertThat(catalog.write(writer -> writer.tree().move(space, MAIN, from, to)).longValue())
          .as(where + ": move '" + from + "' to '" + to + "'")
          .isEqualTo(model.move(from, to));
    }
  }

  private void askBoth(String where) {
    TreePath path = randomPath(0);
    int limit = random.nextInt(7);
    Optional<String> name = random.nextBoolean() ? Optional.empty() : Optional.of(randomName());
    Optional<TreePath> after = random.nextBoolean() ? Optional.empty() : Optional.of(randomPath(0));
    assertThat(catalog.<Optional<PathEntry>>read(reader -> reader.tree().find(space, MAIN, path)))
        .as(where)
        .isEqualTo(model.find(path));
    assertThat(catalog.<TreeUsage>read(reader -> reader.tree().usage(space, MAIN, path)))
        .as(where)
        .isEqualTo(model.usage(path));
    assertThat(
            catalog.<List<PathEntry>>read(
                reader -> reader.tree().children(space, MAIN, path, name, limit)))
        .as(where)
        .isEqualTo(model.children(path, name, limit));
    assertThat(
            catalog.<List<PathEntry>>read(
                reader -> reader.tree().walk(space, MAIN, path, after, limit)))
        .as(where)
        .isEqualTo(model.walk(path, after, limit));
    assertThat(
            catalog.<List<PathEntry>>read(
                reader ->
                    reader.tree().children(space, MAIN, TreePath.ROOT, Optional.empty(), 100)))
        .as(where)
        .isEqualTo(model.children(TreePath.ROOT, Optional.empty(), 100));
  }

  private TreePath randomPath(int segmentsMin) {
    int segments = random.nextInt(segmentsMin, 4);
    TreePath path = TreePath.ROOT;
    for (int i = 0; i < segments; i++) {
      path = path.resolve(randomName());
    }
    return path;
  }

  private String randomName() {
    return NAMES.get(random.nextInt(NAMES.size()));
  }

  private TreeEntry randomEntry() {
    FileAttributes attributes = new FileAttributes(random.nextInt(01000), random.nextLong());
    return switch (random.nextInt(6)) {
      case 0 -> new TreeEntry.Directory(attributes);
      case 1 -> new TreeEntry.Symlink(randomName(), attributes);
      default ->
          new TreeEntry.File(
              assets.get(random.nextInt(assets.size())), AssetKind.BLOB, 7, attributes);
    };
  }
}
