package io.aifs.cli.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aifs.cli.place.Entries;
import io.aifs.cli.place.Place;
import io.aifs.cli.progress.Tally;
import io.aifs.cli.testing.MemoryStore;
import io.aifs.client.PathInfo;
import io.aifs.core.AifsException;
import io.aifs.core.address.Ref;
import io.aifs.core.model.FileAttributes;
import io.aifs.core.model.Name;
import io.aifs.core.model.TreeEntry;
import io.aifs.core.model.TreePath;
import io.aifs.crypto.Digest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryDownloadTest {
  private static final FileAttributes OLD = new FileAttributes(0640, 1_000_000_000L);

  @TempDir Path directory;
  private final MemoryStore store = new MemoryStore();
  private final TemporaryFiles temporaries = new TemporaryFiles();
  private Path target = Path.of("");
  private Path outside = Path.of("");

  @BeforeEach
  void choosePlaces() throws IOException {
    target = directory.resolve("target");
    outside = Files.createDirectory(directory.resolve("outside"));
  }

  private DownloadReport get(boolean force, boolean keepSetid) throws IOException {
    DownloadOptions options = new DownloadOptions(force, keepSetid, 2);
    Place.OfPath place =
        new Place.OfPath(Name.DEFAULT_NAMESPACE, Ref.MAIN, new TreePath("x"), true);
    return new DirectoryDownload(
            place,
            target,
            new FileDownload(store.client(), options, temporaries, new Tally()),
            options,
            new Notices(_ -> {}))
        .run(new Entries(store.client(), place));
  }

  private DownloadReport get() throws IOException {
    return get(false, false);
  }

  private static TreeEntry.Symlink link(String to) {
    return new TreeEntry.Symlink(to, OLD);
  }

  private List<Path> below(Path root) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      return files.filter(path -> !path.equals(root)).toList();
    }
  }

  @Test
  void makesTheDirectoryACopy() throws IOException {
    store.put("x", new TreeEntry.Directory(new FileAttributes(0750, 5_000_000_000L)));
    store.put("x/a", "A", OLD);
    store.put("x/d", new TreeEntry.Directory(new FileAttributes(0555, 7_000_000_000L)));
    store.put("x/d/b", "B");
    store.put("x/implied/deep/c", "");
    store.put("x/l", link("../outside"));
    store.put("xy", "not below x");
    DownloadReport report = get();
    assertThat(report.files()).isEqualTo(3);
    assertThat(report.symlinks()).isEqualTo(1);
    assertThat(target.resolve("a")).hasContent("A");
    assertThat(LocalAttributes.of(target.resolve("a")).attributes()).isEqualTo(OLD);
    assertThat(LocalAttributes.of(target.resolve("d")).attributes())
        .isEqualTo(new FileAttributes(0555, 7_000_000_000L));
    assertThat(LocalAttributes.of(target).attributes())
        .isEqualTo(new FileAttributes(0750, 5_000_000_000L));
    assertThat(target.resolve("implied/deep/c")).isEmptyFile();
    assertThat(Files.readSymbolicLink(target.resolve("l"))).isEqualTo(Path.of("../outside"));
    assertThat(LocalAttributes.of(target.resolve("l")).attributes().mtimeNanos())
        .isEqualTo(OLD.mtimeNanos());
    assertThat(target.resolveSibling("y")).doesNotExist();
  }

  @Test
  void aSecondGetFindsEverythingThere() throws IOException {
    store.put("x/a", "A", OLD);
    store.put("x/l", link("a"));
    get();
    LocalAttributes.setMtime(target.resolve("a"), 77);
    DownloadReport again = get();
    assertThat(again.unchanged()).isEqualTo(1);
    assertThat(LocalAttributes.of(target.resolve("a")).attributes()).isEqualTo(OLD);
  }

  @Test
  void filesThatDifferAreOnlyReplacedByForceAndOthersStay() throws IOException {
    store.put("x/a", "A");
    Files.createDirectory(target);
    Files.writeString(target.resolve("a"), "mine");
    Files.writeString(target.resolve("other"), "stays");
    assertThatThrownBy(this::get)
        .isInstanceOf(AifsException.AlreadyExists.class)
        .hasMessageContaining(target.resolve("a").toString());
    assertThat(target.resolve("a")).hasContent("mine");
    get(true, false);
    assertThat(target.resolve("a")).hasContent("A");
    assertThat(target.resolve("other")).hasContent("stays");
  }

  @Test
  void nothingIsWrittenThroughALinkThatIsThere() throws IOException {
    store.put("x/d/evil", "evil");
    Files.createDirectory(target);
    Files.createSymbolicLink(target.resolve("d"), outside);
    for (boolean force : new boolean[] {false, true}) {
      assertThatThrownBy(() -> get(force, false))
          .isInstanceOf(AifsException.Precondition.class)
          .hasMessageContaining("symbolic link");
    }
    assertThat(below(outside)).isEmpty();
  }

  @Test
  void aLinkInTheListingIsNoWayOut() throws IOException {
    store.put("x/d", link(outside.toString()));
    store.lies.add(file("x/d/evil"));
    assertThatThrownBy(() -> get(true, false)).isInstanceOf(AifsException.class);
    assertThat(below(outside)).isEmpty();
  }

  @Test
  void aLinkThatComesAfterTheFilesBelowItIsNoWayOutEither() throws IOException {
    store.put("x/d/evil", "evil");
    store.lies.add(new PathInfo(new TreePath("x/d"), link(outside.toString())));
    store.lies.add(file("x/d/more"));
    assertThatThrownBy(() -> get(true, false)).isInstanceOf(AifsException.class);
    assertThat(below(outside)).isEmpty();
    assertThat(Files.isSymbolicLink(target.resolve("d"))).isFalse();
  }

  @Test
  void aLinkBelowALinkIsNoWayOut() throws IOException {
    store.put("x/d", link(outside.toString()));
    store.lies.add(new PathInfo(new TreePath("x/d/evil"), link("/etc/passwd")));
    assertThatThrownBy(() -> get(true, false)).isInstanceOf(AifsException.Precondition.class);
    assertThat(below(outside)).isEmpty();
  }

  @Test
  void pathsOutsideTheAskedDirectoryAreALie() {
    store.put("x/a", "A");
    store.lies.add(file("elsewhere/evil"));
    assertThatThrownBy(this::get)
        .isInstanceOf(AifsException.Failed.class)
        .hasMessageContaining("elsewhere/evil");
    assertThat(directory.resolve("elsewhere")).doesNotExist();
    assertThat(target.resolve("elsewhere")).doesNotExist();
  }

  private PathInfo file(String path) {
    byte[] empty = new byte[0];
    return new PathInfo(
        new TreePath(path),
        new TreeEntry.File(
            Digest.of(empty), io.aifs.core.model.AssetKind.BLOB, 0, FileAttributes.PLAIN_FILE));
  }

  @Test
  void aFileThatIsALinkLocallyIsReplacedAndNotWrittenThrough() throws IOException {
    Path victim = Files.writeString(outside.resolve("victim"), "precious");
    store.put("x/a", "A");
    Files.createDirectory(target);
    Files.createSymbolicLink(target.resolve("a"), victim);
    assertThatThrownBy(this::get).isInstanceOf(AifsException.AlreadyExists.class);
    get(true, false);
    assertThat(victim).hasContent("precious");
    assertThat(target.resolve("a")).hasContent("A");
    assertThat(Files.isRegularFile(target.resolve("a"), LinkOption.NOFOLLOW_LINKS)).isTrue();
  }

  @Test
  void damagedContentNeverGetsItsName() throws IOException {
    Digest id = store.put("x/a", "some content");
    store.damaged.add(id);
    assertThatThrownBy(this::get).isInstanceOf(AifsException.Corrupt.class);
    assertThat(below(target)).isEmpty();
  }

  private void putFiles(int count) {
    for (int i = 0; i < count; i++) {
      store.put("x/d%d/f%d".formatted(i % 3, i), "content " + i, OLD);
    }
  }

  private Path file(int number) {
    return target.resolve("d%d/f%d".formatted(number % 3, number));
  }

  private List<Path> files() throws IOException {
    return below(target).stream().filter(Files::isRegularFile).toList();
  }

  @Test
  void manySmallFilesComeInFewReads() throws IOException {
    putFiles(700);
    assertThat(get().files()).isEqualTo(700);
    assertThat(store.readAlls).containsExactlyInAnyOrder(512, 188);
    assertThat(files()).hasSize(700);
    for (int i = 0; i < 700; i++) {
      assertThat(file(i)).hasContent("content " + i);
      assertThat(LocalAttributes.of(file(i)).attributes()).isEqualTo(OLD);
    }
    assertThat(get().unchanged()).isEqualTo(700);
  }

  @Test
  void oneOfManyThatFailsKeepsNoneOfTheOthers() throws IOException {
    putFiles(100);
    store.damaged.add(store.put("x/d1/f40", "what is damaged"));
    assertThatThrownBy(this::get)
        .isInstanceOf(AifsException.Corrupt.class)
        .hasMessage("content is damaged");
    assertThat(file(40)).doesNotExist();
    assertThat(files()).hasSize(99);
    assertThat(file(99)).hasContent("content 99");
  }

  @Test
  void oneOfManyThatMayNotBeReplacedKeepsNoneOfTheOthers() throws IOException {
    putFiles(100);
    Files.createDirectories(target.resolve("d0"));
    Files.writeString(file(30), "mine");
    store.beforeRange =
        at -> {
          if (at == 80) {
            write(file(60), "mine too"); // after it was found to be free
          }
        };
    assertThatThrownBy(this::get).isInstanceOf(AifsException.AlreadyExists.class);
    assertThat(file(30)).hasContent("mine");
    assertThat(file(60)).hasContent("mine too");
    assertThat(files()).hasSize(100);
    assertThat(file(99)).hasContent("content 99");
  }

  private static void write(Path file, String content) {
    try {
      Files.writeString(file, content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void anInterruptedGetLeavesNoTemporaryFile() throws IOException {
    putFiles(100);
    store.beforeRange =
        at -> {
          if (at == 50) {
            temporaries.deleteAll(); // as the process does when it is told to end
          }
        };
    assertThatThrownBy(this::get).hasMessageContaining("the command is ending");
    assertThat(files()).isEmpty();
  }

  @Test
  void setUserIdComesBackOnlyWhenAskedFor() throws IOException {
    store.put("x/su", "S", new FileAttributes(06755, 0));
    get();
    assertThat(LocalAttributes.of(target.resolve("su")).attributes().mode()).isEqualTo(0755);
    get(false, true);
    assertThat(LocalAttributes.of(target.resolve("su")).attributes().mode()).isEqualTo(06755);
  }

  @Test
  void aFileInTheWayOfADirectoryStays() throws IOException {
    store.put("x/d/a", "A");
    Files.createDirectory(target);
    Files.writeString(target.resolve("d"), "mine");
    assertThatThrownBy(() -> get(true, false)).isInstanceOf(AifsException.Precondition.class);
    assertThat(target.resolve("d")).hasContent("mine");
  }
}
