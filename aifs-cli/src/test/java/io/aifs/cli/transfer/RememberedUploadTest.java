package io.aifs.cli.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import io.aifs.cli.testing.MemoryStore;
import io.aifs.cli.testing.RememberedPuts;
import io.aifs.client.FilePut;
import io.aifs.crypto.Digest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RememberedUploadTest {
  private static final long MTIME = 1_234_567_890_123_456_789L;
  private static final String LARGE = "l".repeat(SmallBatch.FILE_BYTES_MAX + 1);

  @TempDir Path temporary;
  private final MemoryStore store = new MemoryStore();
  private final RememberedPuts puts = new RememberedPuts(store);
  private Path directory = Path.of("");

  @BeforeEach
  void makeFiles() throws IOException {
    directory = Files.createDirectories(temporary.resolve("data"));
    Files.createDirectory(directory.resolve("d"));
    write("d/a", "old a");
    write("b", "old b");
    write("large", LARGE);
    Files.createSymbolicLink(directory.resolve("link"), Path.of("b"));
  }

  private void write(String name, String content) throws IOException {
    Files.writeString(directory.resolve(name), content);
  }

  private UploadReport put() throws IOException {
    return put(UploadOptions.plain(2));
  }

  private UploadReport put(UploadOptions options) throws IOException {
    store.batches.clear();
    return puts.put(directory, options, temporary.resolve("clock"));
  }

  private List<String> written() {
    return store.batches.stream()
        .flatMap(List::stream)
        .map(FilePut::path)
        .map(Object::toString)
        .sorted()
        .toList();
  }

  @Test
  void anUnchangedTreeIsNeitherReadNorWritten() throws IOException {
    UploadReport first = put();
    assertThat(puts.recalled).isEmpty();
    UploadReport second = put();
    assertThat(puts.recalled).containsExactly("a", "b", "large");
    assertThat(written()).isEmpty();
    assertThat(store.streams).isEqualTo(1);
    assertThat(second)
        .isEqualTo(
            new UploadReport(
                first.files(),
                first.directories(),
                first.symlinks(),
                first.bytes(),
                0,
                0,
                0,
                0,
                0,
                0));
  }

  @Test
  void onlyWhatChangedIsPut() throws IOException {
    put();
    write("b", "new b");
    UploadReport second = put();
    assertThat(puts.recalled).containsExactly("a", "large");
    assertThat(store.content("t/b")).isEqualTo("new b");
    assertThat(second.newFiles()).isEqualTo(1);
    assertThat(written()).contains("t/b").doesNotContain("t/d/a", "t/large");
  }

  @Test
  void aFileThatWasJustWrittenIsReadAgain() throws IOException {
    puts.age = Duration.ofSeconds(1);
    put();
    write("b", "new b");
    put();
    assertThat(puts.recalled).isEmpty();
    assertThat(store.content("t/b")).isEqualTo("new b");
    assertThat(written()).doesNotContain("t/d/a", "t/large"); // read, and found the same
  }

  @Test
  void aClockThatWentBackMakesFilesRead() throws IOException {
    puts.age = Duration.ofDays(-1); // files are from tomorrow
    put();
    put();
    assertThat(puts.recalled).isEmpty();
  }

  @Test
  void anotherContentWithTheOldTimeIsNoticed() throws IOException {
    LocalAttributes.setMtime(directory.resolve("b"), MTIME);
    put();
    write("b", "new b");
    LocalAttributes.setMtime(directory.resolve("b"), MTIME);
    put();
    assertThat(store.content("t/b")).isEqualTo("new b");
  }

  @Test
  void anotherFileInItsPlaceIsNoticed() throws IOException {
    LocalAttributes.setMtime(directory.resolve("b"), MTIME);
    Path other = temporary.resolve("other");
    Files.writeString(other, "new b");
    LocalAttributes.setMtime(other, MTIME);
    put();
    Files.move(other, directory.resolve("b"), StandardCopyOption.REPLACE_EXISTING);
    put();
    assertThat(puts.recalled).doesNotContain("b");
    assertThat(store.content("t/b")).isEqualTo("new b");
  }

  @Test
  void aChangeThroughAHardLinkIsNoticed() throws IOException {
    Path elsewhere = temporary.resolve("elsewhere");
    Files.createLink(elsewhere, directory.resolve("b"));
    put();
    Files.writeString(elsewhere, "new b");
    LocalAttributes.setMtime(elsewhere, MTIME);
    put();
    assertThat(store.content("t/b")).isEqualTo("new b");
  }

  @Test
  void exchangedFilesAreNoticed() throws IOException {
    LocalAttributes.setMtime(directory.resolve("b"), MTIME);
    LocalAttributes.setMtime(directory.resolve("d/a"), MTIME);
    put();
    Files.move(directory.resolve("b"), temporary.resolve("x"));
    Files.move(directory.resolve("d/a"), directory.resolve("b"));
    Files.move(temporary.resolve("x"), directory.resolve("d/a"));
    put();
    assertThat(puts.recalled).containsExactly("large");
    assertThat(store.content("t/b")).isEqualTo("old a");
    assertThat(store.content("t/d/a")).isEqualTo("old b");
  }

  @Test
  void anotherModeOrTimeOfTheSameContentIsPut() throws IOException {
    put();
    LocalAttributes.setMode(directory.resolve("b"), 0700);
    LocalAttributes.setMtime(directory.resolve("large"), MTIME);
    put();
    assertThat(written()).containsExactly("t/b", "t/large");
    assertThat(store.entry("t/b").orElseThrow().attributes().mode()).isEqualTo(0700);
    assertThat(store.entry("t/large").orElseThrow().attributes().mtimeNanos()).isEqualTo(MTIME);
    assertThat(store.streams).isEqualTo(1);
    put();
    assertThat(puts.recalled).contains("b", "large");
    assertThat(written()).isEmpty();
  }

  @Test
  void aRenamedDirectoryIsReadOnceMore() throws IOException {
    put();
    Files.move(directory.resolve("d"), directory.resolve("e"));
    put();
    assertThat(puts.recalled).containsExactly("b", "large");
    assertThat(store.content("t/e/a")).isEqualTo("old a");
    put();
    assertThat(puts.recalled).contains("a");
  }

  @Test
  void aLinkToADirectoryMayLeadToAnotherOne() throws IOException {
    Path link = temporary.resolve("current");
    Path data = directory;
    Files.createSymbolicLink(link, data);
    directory = link;
    put();
    put();
    assertThat(puts.recalled).containsExactly("a", "b", "large");
    Path other = Files.createDirectory(temporary.resolve("other"));
    Files.writeString(other.resolve("b"), "new b");
    Files.delete(link);
    Files.createSymbolicLink(link, other);
    put();
    assertThat(puts.recalled).isEmpty();
    assertThat(store.content("t/b")).isEqualTo("new b");
  }

  @Test
  void whatTheStoreHasLostIsReadAndSent() throws IOException {
    put();
    store.loseAll();
    UploadReport again = put();
    assertThat(puts.recalled).containsExactly("a", "b", "large");
    assertThat(again.newFiles()).isEqualTo(3);
    assertThat(store.content("t/d/a")).isEqualTo("old a");
    assertThat(store.content("t/large")).isEqualTo(LARGE);
    assertThat(store.paths()).containsExactly("t", "t/b", "t/d", "t/d/a", "t/large", "t/link");
  }

  @Test
  void whatIsDamagedInTheStoreIsReadAndSent() throws IOException {
    put();
    store.damaged.add(Digest.of("old b".getBytes(StandardCharsets.UTF_8)));
    put();
    assertThat(store.batches.stream().flatMap(List::stream))
        .singleElement()
        .satisfies(put -> assertThat(put.path().value()).isEqualTo("t/b"))
        .satisfies(put -> assertThat(put.what()).isInstanceOf(FilePut.What.Data.class));
  }

  @Test
  void aPathThatIsGoneFromTheTreeComesBack() throws IOException {
    put();
    store.losePath("t/b");
    store.losePath("t/link");
    store.losePath("t/d");
    UploadReport again = put();
    assertThat(written()).containsExactly("t/b", "t/d", "t/link");
    assertThat(again.newFiles()).isZero();
    assertThat(store.content("t/b")).isEqualTo("old b");
  }

  @Test
  void aPathThatHoldsSomethingElseMeanwhileIsPut() throws IOException {
    put();
    store.put("t/b", "of another", store.entry("t/b").orElseThrow().attributes());
    put();
    assertThat(written()).containsExactly("t/b");
    assertThat(store.content("t/b")).isEqualTo("old b");
  }

  @Test
  void aDryRunRecallsAndChangesNothing() throws IOException {
    put();
    store.losePath("t/b");
    UploadReport report = put(UploadTest.options(true, Map.of()));
    assertThat(puts.recalled).containsExactly("a", "b", "large");
    assertThat(report.newFiles()).isZero();
    assertThat(report.files()).isEqualTo(3);
    assertThat(written()).isEmpty();
  }

  @Test
  void whatIsSaidAnewTravelsWithTheBytes() throws IOException {
    put();
    put(UploadTest.options(false, Map.of("k", "v")));
    assertThat(puts.recalled).isEmpty();
    assertThat(store.batches.stream().flatMap(List::stream).map(FilePut::what))
        .contains(new FilePut.What.Directory()) // what is not a file has nothing said about it
        .filteredOn(what -> what instanceof FilePut.What.Data)
        .extracting(what -> new String(((FilePut.What.Data) what).bytes(), StandardCharsets.UTF_8))
        .containsExactlyInAnyOrder("old a", "old b");
  }
}
