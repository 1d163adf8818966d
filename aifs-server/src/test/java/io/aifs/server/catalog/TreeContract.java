package io.aifs.server.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aifs.core.AifsException;
import io.aifs.core.model.AssetKind;
import io.aifs.core.model.FileAttributes;
import io.aifs.core.model.Name;
import io.aifs.core.model.PathEntry;
import io.aifs.core.model.TreeEntry;
import io.aifs.core.model.TreePath;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Working states. */
public abstract class TreeContract extends CatalogContract {
  @BeforeEach
  void putAssets() {
    put(id("x"), id("y"));
  }

  @Test
  void entriesOfEveryTypeAreReadAsTheyWerePut() {
    FileAttributes odd = new FileAttributes(07777, -1);
    FileAttributes late = new FileAttributes(0, Long.MAX_VALUE);
    List<PathEntry> entries =
        List.of(
            new PathEntry(path("d"), new TreeEntry.Directory(odd)),
            new PathEntry(path("d/☃ 😀"), new TreeEntry.Symlink("../ü/☃", late)),
            new PathEntry(path("f"), new TreeEntry.File(id("x"), AssetKind.BLOB, 7, late)));

    assertThat(putAll(entries)).isEqualTo(3);
    reopen();

    for (PathEntry entry : entries) {
      assertThat(find(entry.path().value())).hasValue(entry);
    }
    assertThat(walk("")).isEqualTo(entries);
  }

  @Test
  void directoryExistsByWhatIsBelow() {
    putAll(List.of(file("a/b/c", id("x")), directory("own")));

    assertThat(find("a")).hasValue(directory("a"));
    assertThat(find("a/b")).hasValue(directory("a/b"));
    assertThat(find("own")).hasValue(directory("own"));
    assertThat(find("")).hasValue(directory(""));
    assertThat(find("a/b/c/d")).isEmpty();
    assertThat(find("A")).isEmpty();
  }

  private Optional<PathEntry> find(String path) {
    return catalog.read(reader -> reader.tree().find(space, MAIN, path(path)));
  }

  @Test
  void assetsThatPathsNameAreMarkedForGood() {
    assertThat(marks()).containsExactly(false, false);
    putAll(List.of(file("a", id("x")), file("b", id("x")), file("c", id("y"))));
    assertThat(marks()).containsExactly(true, true);

    assertThat(putAll(List.of(file("a", id("y")), directory("c")))).isZero();
    assertThat(remove("a", "absent", "c")).isEqualTo(2);
    assertThat(marks()).containsExactly(true, true);
    assertThat(
            catalog.<Optional<AssetPaths.Place>>read(
                reader -> reader.tree().anyPathOf(space, id("x"))))
        .hasValue(new AssetPaths.Place(MAIN, path("b")));
    assertThat(
            catalog.<Optional<AssetPaths.Place>>read(
                reader -> reader.tree().anyPathOf(space, id("y"))))
        .isEmpty();
  }

  private List<Boolean> marks() {
    return catalog.read(
        reader ->
            List.of(
                reader.assets().find(space, id("x")).orElseThrow().named(),
                reader.assets().find(space, id("y")).orElseThrow().named()));
  }

  @Test
  void lastOfSeveralEntriesForOnePathCounts() {
    assertThat(putAll(List.of(file("p", id("x")), file("q", id("x")), file("p", id("y")))))
        .isEqualTo(2);

    assertThat(find("p")).hasValue(file("p", id("y")));
  }

  @Test
  void pathCannotNameAnAssetThatIsNotVisible() {
    change(writer -> writer.assets().delete(space, tombstone(id("y"))));

    assertThatThrownBy(() -> putAll(List.of(file("p", id("none")))))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> putAll(List.of(file("p", id("y")))))
        .isInstanceOf(IllegalStateException.class);
    assertThat(walk("")).isEmpty();
  }

  @Test
  void pathsOfADeletedAssetCanBeRemovedAndMoved() {
    putAll(List.of(file("d/1", id("y")), file("d/2", id("y")), file("e", id("y"))));
    change(writer -> writer.assets().delete(space, tombstone(id("y"))));

    assertThat(remove("e")).isEqualTo(1);
    assertThat(catalog.<Long>write(writer -> writer.tree().move(space, MAIN, path("d"), path("m"))))
        .isEqualTo(2);
    assertThat(catalog.<Long>write(writer -> writer.tree().removeBelow(space, MAIN, path("m"))))
        .isEqualTo(2);
  }

  @Test
  void namesInADirectoryComeInOrderWhateverIsBelow() {
    putAll(
        List.of(
            file("a-b", id("x")),
            file("a.b", id("x")),
            file("a/x/1", id("x")),
            file("a/x/2", id("x")),
            file("a0", id("x")),
            file("a-b-c/z", id("x")),
            file("a-/z", id("x"))));

    assertThat(children("", Optional.empty(), 10))
        .containsExactly("a", "a-", "a-b", "a-b-c", "a.b", "a0");
    assertThat(children("", Optional.of("a-b"), 2)).containsExactly("a-b-c", "a.b");
    assertThat(children("", Optional.of("a-a"), 1)).containsExactly("a-b");
    assertThat(children("a", Optional.empty(), 10)).containsExactly("x");
    assertThat(children("a/x", Optional.of("1"), 10)).containsExactly("2");
    assertThat(children("a0", Optional.empty(), 10)).isEmpty();
    assertThat(children("none", Optional.empty(), 10)).isEmpty();
  }

  private List<String> children(String directory, Optional<String> after, int limit) {
    return catalog
        .read(reader -> reader.tree().children(space, MAIN, path(directory), after, limit))
        .stream()
        .map(entry -> entry.path().name())
        .toList();
  }

  @Test
  void walkGoesInOrderOfPathsAndLeavesOutSiblings() {
    putAll(
        List.of(directory("a"), file("a-b", id("x")), file("a/b", id("x")), file("a0", id("x"))));

    assertThat(paths(walk(""))).containsExactly("a", "a-b", "a/b", "a0");
    assertThat(paths(walk("a"))).containsExactly("a", "a/b");
    assertThat(paths(walk("a/b"))).containsExactly("a/b");
    assertThat(paths(walk("a-"))).isEmpty();
  }

  private static List<String> paths(List<PathEntry> entries) {
    return entries.stream().map(entry -> entry.path().value()).toList();
  }

  private List<PathEntry> walk(String prefix) {
    return catalog.read(
        reader -> reader.tree().walk(space, MAIN, path(prefix), Optional.empty(), 100));
  }

  @Test
  void moveTakesThePathAndAllBelow() {
    putAll(
        List.of(
            directory("a"), file("a/1", id("x")), file("a/b/2", id("y")), file("a-b", id("x"))));

    assertThat(
            catalog.<Long>write(writer -> writer.tree().move(space, MAIN, path("a"), path("ü/n"))))
        .isEqualTo(3);

    assertThat(paths(walk(""))).containsExactly("a-b", "ü/n", "ü/n/1", "ü/n/b/2");
    assertThat(
            catalog.<Long>write(writer -> writer.tree().move(space, MAIN, path("none"), path("o"))))
        .isZero();
  }

  @Test
  void moveOntoSomethingOrIntoItselfIsRefused() {
    putAll(List.of(file("a/1", id("x")), file("b/1", id("x"))));

    assertThatThrownBy(() -> move("a", "b")).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> move("a", "b/1")).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> move("a", "a/2")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> move("a/1", "a")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> move("a", "a")).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void moveThatWouldMakeAPathTooLongIsRefused() {
    String deep = String.join("/", Collections.nCopies(16, "d".repeat(250)));
    putAll(List.of(file("a/" + deep, id("x"))));

    assertThatThrownBy(() -> move("a", "b".repeat(200)))
        .isInstanceOf(AifsException.InvalidRequest.class);
    assertThat(find("a/" + deep)).isPresent();
  }

  @Test
  void largeSubtreesAreMovedAndRemovedWhole() {
    List<PathEntry> many =
        IntStream.range(0, 20_001)
            .mapToObj(i -> file("big/" + i % 100 + "/" + i, id(i % 2 == 0 ? "x" : "y")))
            .toList();
    putAll(many);
    putAll(List.of(file("big-", id("x"))));

    assertThat(
            catalog.<Long>write(
                writer -> writer.tree().move(space, MAIN, path("big"), path("b/c"))))
        .isEqualTo(20_001);
    assertThat(children("", Optional.empty(), 9)).containsExactly("b", "big-");
    assertThat(children("b/c", Optional.empty(), 200)).hasSize(100);

    assertThat(catalog.<Long>write(writer -> writer.tree().removeBelow(space, MAIN, path("b"))))
        .isEqualTo(20_001);
    assertThat(paths(walk(""))).containsExactly("big-");
  }

  @Test
  void allPathsOfAnAssetAreRemovedTogether() {
    putAll(
        List.of(
            directory("d"),
            file("a", id("x")),
            file("d/1", id("x")),
            file("d/2", id("y")),
            file("new/only", id("x")),
            file("z", id("x")),
            new PathEntry(path("link"), new TreeEntry.Symlink("a", FileAttributes.PLAIN_FILE))));

    assertThat(removePathsOf("x")).isEqualTo(4);

    assertThat(paths(walk(""))).containsExactly("d", "d/2", "link");
    assertThat(find("new")).as("a directory that only existed by what was below").isEmpty();
    assertThat(removePathsOf("x")).isZero();
    assertThat(removePathsOf("never put")).isZero();
  }

  @Test
  void pathsInAnotherNamespaceStay() {
    long other = createNamespace("other");
    change(
        writer -> {
          put(writer, other, id("x"));
          writer.tree().putAll(other, MAIN, List.of(file("theirs", id("x"))));
        });
    putAll(List.of(file("ours", id("x"))));

    assertThat(removePathsOf("x")).isEqualTo(1);

    List<PathEntry> theirs =
        catalog.read(reader -> reader.tree().walk(other, MAIN, TreePath.ROOT, Optional.empty(), 9));
    assertThat(paths(theirs)).containsExactly("theirs");
  }

  @Test
  void allPathsOfADeletedAssetAreRemovedTogether() {
    putAll(List.of(file("1", id("y")), file("2", id("y")), file("3", id("x"))));
    change(writer -> writer.assets().delete(space, tombstone(id("y"))));

    assertThat(removePathsOf("y")).isEqualTo(2);

    assertThat(paths(walk(""))).containsExactly("3");
  }

  @Test
  void manyPathsOfOneAssetAreRemovedWhole() {
    putAll(
        IntStream.range(0, 20_001)
            .mapToObj(i -> file("big/" + i % 100 + "/" + i, id(i % 2 == 0 ? "x" : "y")))
            .toList());

    assertThat(removePathsOf("x")).isEqualTo(10_001);
    assertThat(removePathsOf("y")).isEqualTo(10_000);
    assertThat(walk("")).isEmpty();
  }

  private long removePathsOf(String asset) {
    return catalog.write(writer -> removePathsOf(writer, space, id(asset)));
  }

  private void move(String from, String to) {
    change(writer -> writer.tree().move(space, MAIN, path(from), path(to)));
  }

  @Test
  void unknownBranchIsEmptyAndCannotBeChanged() {
    Name none = new Name("none");
    assertThat(
            catalog.<Optional<PathEntry>>read(
                reader -> reader.tree().find(space, none, TreePath.ROOT)))
        .isEmpty();
    assertThat(
            catalog.<List<PathEntry>>read(
                reader -> reader.tree().walk(space, none, TreePath.ROOT, Optional.empty(), 9)))
        .isEmpty();
    assertThatThrownBy(
            () -> change(writer -> writer.tree().putAll(space, none, List.of(directory("d")))))
        .isInstanceOf(IllegalStateException.class);
  }

  private int putAll(List<PathEntry> entries) {
    return catalog.write(writer -> writer.tree().putAll(space, MAIN, entries));
  }

  private int remove(String... paths) {
    List<TreePath> all = Arrays.stream(paths).map(TreePath::new).toList();
    return catalog.write(writer -> writer.tree().removeAll(space, MAIN, all));
  }
}
