package io.aifs.cli.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.aifs.client.PathDifference;
import io.aifs.core.model.AssetKind;
import io.aifs.core.model.FileAttributes;
import io.aifs.core.model.TreeEntry;
import io.aifs.core.model.TreePath;
import io.aifs.crypto.Digest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RenamesTest {
  private final Renames renames = new Renames(6);

  private static Optional<TreeEntry> file(String content) {
    byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
    return Optional.of(
        new TreeEntry.File(
            Digest.of(bytes), AssetKind.BLOB, bytes.length, FileAttributes.PLAIN_FILE));
  }

  private static PathDifference added(String path, String content) {
    return new PathDifference(new TreePath(path), Optional.empty(), file(content), false, false);
  }

  private static PathDifference removed(String path, String content) {
    return new PathDifference(new TreePath(path), file(content), Optional.empty(), false, false);
  }

  private List<String> found(PathDifference... differences) throws IOException {
    List<String> found = new ArrayList<>();
    renames.find(
        List.of(differences).iterator(),
        change ->
            found.add(
                change.kind().letter()
                    + " "
                    + change.from().map(from -> from + " > ").orElse("")
                    + change.path()));
    return found;
  }

  @Test
  void theSameContentUnderAnotherPathIsARename() throws IOException {
    assertThat(found(removed("a", "x"), added("b", "x"), added("c", "y")))
        .containsExactly("R a > b", "A c");
    assertThat(found(added("a", "x"), removed("b", "x"))).containsExactly("R b > a");
  }

  @Test
  void theSameNameIsPreferred() throws IOException {
    assertThat(
            found(removed("a/1", "x"), removed("a/2", "x"), added("b/2", "x"), added("c/z", "x")))
        .containsExactly("R a/2 > b/2", "R a/1 > c/z");
  }

  @Test
  void eachPathIsPartOfOneRename() throws IOException {
    assertThat(found(removed("a", "x"), added("b", "x"), added("c", "x")))
        .containsExactly("R a > b", "A c");
    assertThat(found(removed("a", "x"), removed("b", "x"), added("c", "x")))
        .containsExactly("D b", "R a > c");
  }

  @Test
  void emptyFilesAndUnnamedAssetsAreNotRenamed() throws IOException {
    assertThat(found(removed("a", ""), added("b", ""))).containsExactly("D a", "A b");
    PathDifference unnamed =
        new PathDifference(new TreePath("b"), Optional.empty(), file("x"), false, true);
    assertThat(found(removed("a", "x"), unnamed)).containsExactly("D a", "A b");
  }

  @Test
  void amongTooManyNoneIsLookedFor() throws IOException {
    List<PathDifference> many = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      many.add(i == 0 ? removed("a", "x") : added("b" + i, "x"));
    }
    List<Change.Kind> kinds = new ArrayList<>();
    assertThat(renames.find(many.iterator(), change -> kinds.add(change.kind()))).isFalse();
    assertThat(kinds).hasSize(7).doesNotContain(Change.Kind.RENAMED);
    assertThat(renames.find(many.subList(0, 6).iterator(), change -> kinds.add(change.kind())))
        .isTrue();
    assertThat(kinds).contains(Change.Kind.RENAMED);
  }
}
