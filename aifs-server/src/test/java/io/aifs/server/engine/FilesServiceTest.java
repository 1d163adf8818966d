package io.aifs.server.engine;

import static io.aifs.server.engine.EngineFixture.file;
import static io.aifs.server.engine.EngineFixture.idOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aifs.core.AifsException;
import io.aifs.core.Reason;
import io.aifs.core.model.Name;
import io.aifs.crypto.Digest;
import io.aifs.server.catalog.RequestKey;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FilesServiceTest {
  private static final RequestKey KEY = new RequestKey("default/family", "PutFiles", "r1");
  private static final WriteRequest REQUEST = new WriteRequest(KEY, idOf("request"));
  private static final List<FilePut> FILES = List.of(file("a", "first"), file("b", "second"));

  private EngineFixture fixture;

  @BeforeEach
  void open(@TempDir Path directory) {
    fixture = new EngineFixture(directory);
  }

  @AfterEach
  void close() {
    assertThat(fixture.catalog().check()).isEmpty();
    fixture.close();
  }

  private FilesResult put(List<FilePut> files, WriteRequest request) {
    return fixture.files().put(fixture.namespace(), Name.MAIN_BRANCH, files, Optional.of(request));
  }

  private boolean holds(Digest asset) {
    return fixture
        .catalog()
        .read(reader -> reader.assets().find(fixture.namespace().number(), asset))
        .isPresent();
  }

  @Test
  void aRepeatGivesTheFirstResultAndStoresAndSyncsNothing() {
    FilesResult first = put(FILES, REQUEST);
    assertThat(first.born()).hasSize(2);
    assertThat(fixture.chunks().puts()).isEqualTo(1);
    assertThat(fixture.chunks().syncs()).isEqualTo(1);

    FilesResult again = put(FILES, REQUEST);

    assertThat(again.ids()).isEqualTo(first.ids()).contains(Optional.of(idOf("first")));
    assertThat(again.version()).isEqualTo(first.version());
    assertThat(again.born()).isEmpty();
    assertThat(again.tally().chunks()).isEqualTo(2);
    assertThat(again.tally().storedBytes()).isZero();
    assertThat(fixture.chunks().puts()).isEqualTo(1);
    assertThat(fixture.chunks().syncs()).isEqualTo(1);
  }

  @Test
  void anotherRequestUnderAUsedIdIsRefusedBeforeAnythingIsStored() {
    put(FILES, REQUEST);

    assertThatThrownBy(
            () -> put(List.of(file("c", "third")), new WriteRequest(KEY, idOf("another request"))))
        .isInstanceOfSatisfying(
            AifsException.InvalidRequest.class,
            e -> assertThat(e.reason()).isEqualTo(Reason.REQUEST_ID_REUSED));

    assertThat(holds(idOf("third"))).isFalse();
    assertThat(fixture.chunks().puts()).isEqualTo(1);
    assertThat(fixture.chunks().syncs()).isEqualTo(1);
  }

  @Test
  void ofTwoAtOnceTheSlowerGetsTheResultOfTheFaster() {
    AtomicReference<FilesResult> faster = new AtomicReference<>();
    fixture.chunks().onNextSync(() -> faster.set(put(FILES, REQUEST)));

    FilesResult slower = put(FILES, REQUEST);

    assertThat(fixture.chunks().syncs()).as("both began before either ended").isEqualTo(2);
    assertThat(slower.version()).isEqualTo(faster.get().version());
    assertThat(slower.born()).isEmpty();
    assertThat(faster.get().born()).hasSize(2);
    long newest = fixture.catalog().read(reader -> reader.events().newest());
    assertThat(newest).as("only one of them did something").isEqualTo(slower.version());
  }

  @Test
  void ofTwoDifferentAtOnceTheSlowerIsRefused() {
    fixture.chunks().onNextSync(() -> put(FILES, REQUEST));

    assertThatThrownBy(
            () -> put(List.of(file("c", "third")), new WriteRequest(KEY, idOf("another request"))))
        .isInstanceOf(AifsException.InvalidRequest.class);

    assertThat(holds(idOf("first"))).isTrue();
    assertThat(holds(idOf("third"))).isFalse();
  }
}
