package io.aifs.server.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aifs.core.AifsException;
import io.aifs.core.Reason;
import io.aifs.core.model.Name;
import io.aifs.core.model.PathEntry;
import io.aifs.core.model.TreePath;
import io.aifs.crypto.Digest;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeleteServiceTest {
  private static final Digest WANTED = EngineFixture.idOf("wanted elsewhere too");

  private EngineFixture fixture;
  private DeleteService deletes;

  @BeforeEach
  void putFiles(@TempDir Path directory) {
    fixture = new EngineFixture(directory);
    deletes =
        new DeleteService(fixture.catalog(), fixture.trees(), fixture.folder(), Clock.systemUTC());
    fixture
        .files()
        .put(
            fixture.namespace(),
            Name.MAIN_BRANCH,
            List.of(
                EngineFixture.file("a", "wanted elsewhere too"),
                EngineFixture.file("b", "another"),
                EngineFixture.file("d/c", "wanted elsewhere too"),
                EngineFixture.file("e", "wanted elsewhere too")),
            Optional.empty());
  }

  @AfterEach
  void close() {
    assertThat(fixture.catalog().check()).isEmpty();
    fixture.close();
  }

  private void delete(boolean force) {
    deletes.delete(fixture.namespace(), WANTED, force, "ada", "", Optional.empty());
  }

  private List<String> paths() {
    return fixture
        .catalog()
        .read(
            reader ->
                reader
                    .tree()
                    .walk(
                        fixture.namespace().number(),
                        Name.MAIN_BRANCH,
                        TreePath.ROOT,
                        Optional.empty(),
                        10))
        .stream()
        .map(PathEntry::path)
        .map(TreePath::value)
        .toList();
  }

  @Test
  void anAssetAtPathsStaysUnlessForced() {
    assertThatThrownBy(() -> delete(false))
        .isInstanceOfSatisfying(
            AifsException.Precondition.class,
            e -> assertThat(e.reason()).isEqualTo(Reason.ASSET_REFERENCED));
    assertThat(paths()).containsExactly("a", "b", "d/c", "e");
  }

  @Test
  void aForcedDeleteTakesAllPathsOfTheAssetAndNoOther() {
    delete(true);
    assertThat(paths()).containsExactly("b");
    assertThatThrownBy(() -> delete(true))
        .isInstanceOfSatisfying(
            AifsException.NotFound.class,
            e -> assertThat(e.reason()).isEqualTo(Reason.ASSET_DELETED));
  }
}
