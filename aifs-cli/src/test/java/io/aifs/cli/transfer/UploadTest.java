package io.aifs.cli.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aifs.cli.progress.Tally;
import io.aifs.cli.statcache.FileMemory;
import io.aifs.cli.statcache.FileStamp;
import io.aifs.cli.statcache.StatCache;
import io.aifs.cli.testing.MemoryStore;
import io.aifs.client.FilePut;
import io.aifs.core.AifsException;
import io.aifs.core.Limits;
import io.aifs.core.Reason;
import io.aifs.core.model.AssetKind;
import io.aifs.core.model.FileAttributes;
import io.aifs.core.model.TreeEntry;
import io.aifs.core.model.TreePath;
import io.aifs.crypto.Digest;
import io.aifs.crypto.RandomBytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UploadTest {
  private static final int LARGE = SmallBatch.FILE_BYTES_MAX + 1;

  @TempDir Path directory;
  private final MemoryStore store = new MemoryStore();
  private final List<String> lines = new ArrayList<>();
  private final List<StoredFile> stored = new ArrayList<>();
  private final Tally tally = new Tally();

  private UploadReport put(UploadOptions options) throws IOException {
    Notices notices = new Notices(lines::add);
    try (Upload upload = new Upload(store.client(), options, tally, notices, stored::add)) {
      upload.putDirectory(directory, new TreePath("t"));
      return upload.finish();
    }
  }

  private UploadReport put() throws IOException {
    return put(UploadOptions.plain(2));
  }

  private byte[] write(String name, int size) throws IOException {
    byte[] bytes = new byte[size];
    new Random(size).nextBytes(bytes);
    Files.write(directory.resolve(name), bytes);
    return bytes;
  }

  /** A file as it might have been seen. */
  private Walked file(String name, long size) {
    return new Walked(
        new TreePath(name),
        directory.resolve(name),
        Walked.Kind.FILE,
        FileAttributes.PLAIN_FILE,
        new FileStamp(size, 0, 0, 1, 1));
  }

  static UploadOptions options(boolean dryRun, Map<String, String> meta) {
    UploadOptions plain = UploadOptions.plain(2);
    return new UploadOptions(
        plain.branch(),
        AssetKind.BLOB,
        meta,
        List.of(),
        plain.rules(),
        2,
        dryRun,
        Optional.empty(),
        FileMemory.NONE);
  }

  @Test
  void smallThingsTravelTogetherAndLargeFilesAlone() throws IOException {
    byte[] large = write("large", LARGE);
    write("small", 10);
    Files.createDirectory(directory.resolve("d"));
    Files.createSymbolicLink(directory.resolve("l"), Path.of("small"));
    UploadReport report = put();
    assertThat(report.files()).isEqualTo(2);
    assertThat(report.directories()).isEqualTo(2);
    assertThat(report.symlinks()).isEqualTo(1);
    assertThat(report.bytes()).isEqualTo(LARGE + 10);
    assertThat(report.newFiles()).isEqualTo(2);
    assertThat(store.batches).hasSize(1);
    assertThat(store.streams).isEqualTo(1);
    assertThat(store.paths()).containsExactly("t", "t/d", "t/l", "t/large", "t/small");
    assertThat(stored)
        .contains(new StoredFile(new TreePath("t/large"), Digest.of(large), LARGE, true));
    assertThat(tally.view().bytes()).isEqualTo(LARGE + 10);
    assertThat(tally.view().files()).isEqualTo(2);
  }

  @Test
  void modesAndTimesAreKept() throws IOException {
    write("f", 1);
    LocalAttributes.setMode(directory.resolve("f"), 0751);
    LocalAttributes.setMtime(directory.resolve("f"), 1_234_567_890_123_456_789L);
    put();
    assertThat(store.entry("t/f").orElseThrow().attributes())
        .isEqualTo(new FileAttributes(0751, 1_234_567_890_123_456_789L));
  }

  @Test
  void aSecondPutSendsNoBytes() throws IOException {
    write("large", LARGE);
    write("small", 10);
    put();
    store.batches.clear();
    UploadReport again = put();
    assertThat(again.newFiles()).isZero();
    assertThat(again.storedBytes()).isZero();
    assertThat(again.bytes()).isEqualTo(LARGE + 10);
    assertThat(store.streams).isEqualTo(1);
    assertThat(store.batches.stream().flatMap(List::stream).map(FilePut::what))
        .noneMatch(what -> what instanceof FilePut.What.Data);
  }

  @Test
  void aLargeFileIsDigestedFirstOnlyWhereItsPathHoldsOneOfItsSize() throws IOException {
    byte[] large = write("large", LARGE);
    put();
    put();
    assertThat(store.streams).isEqualTo(1);
    Files.write(directory.resolve("copy"), large);
    UploadReport copied = put();
    assertThat(store.streams).isEqualTo(2);
    assertThat(copied.newBytes()).isZero();
  }

  @Test
  void knownContentIsSentWhereSomethingNewIsSaidOfIt() throws IOException {
    write("small", 10);
    put();
    put(options(false, Map.of("k", "v")));
    assertThat(store.batches.getLast().stream().map(FilePut::what))
        .anyMatch(what -> what instanceof FilePut.What.Data);
  }

  @Test
  void batchesStayWithinTheLimits() throws IOException {
    for (int i = 0; i < 60; i++) {
      write("f" + i, SmallBatch.FILE_BYTES_MAX - i);
    }
    put();
    assertThat(store.batches.size()).isGreaterThan(2);
    for (List<FilePut> batch : store.batches) {
      assertThat(batch.size()).isLessThanOrEqualTo(Limits.BATCH_ENTRIES_MAX);
      assertThat(batch.stream().map(FilePut::what).mapToLong(UploadTest::bytes).sum())
          .isLessThanOrEqualTo(Limits.BATCH_BYTES_MAX);
    }
  }

  private static long bytes(FilePut.What what) {
    return what instanceof FilePut.What.Data(byte[] data) ? data.length : 0;
  }

  @Test
  void manyTinyFilesMakeSeveralBatches() {
    SmallBatch batch = new SmallBatch();
    Walked tiny = file("x", 1);
    for (int i = 0; i < Limits.BATCH_ENTRIES_MAX; i++) {
      assertThat(batch.hasRoomFor(tiny)).isTrue();
      batch.add(tiny);
    }
    assertThat(batch.hasRoomFor(tiny)).isFalse();
  }

  @Test
  void aFileThatGrewSinceItWasSeenIsStillPut() throws IOException {
    Walked seen = file("grown", 10);
    byte[] bytes = write("grown", LARGE);
    UploadReport.Sum sum = new UploadReport.Sum();
    new FileSender(
            store.client(),
            UploadOptions.plain(1),
            new Notices(lines::add),
            new Receipts(tally, stored::add, sum))
        .sendBatch(List.of(seen));
    assertThat(store.entry("grown").orElseThrow())
        .isInstanceOfSatisfying(
            TreeEntry.File.class, file -> assertThat(file.asset()).isEqualTo(Digest.of(bytes)));
    assertThat(lines).singleElement().asString().contains("changed while it was read");
    assertThat(sum.report(0).skipped()).isZero();
  }

  @Test
  void aFileThatIsNoLongerAsItWasSeenIsNotRemembered() throws IOException {
    write("moved", 10);
    Path path = directory.resolve("moved");
    LocalAttributes now = LocalAttributes.of(path);
    FileStamp stamp = now.stamp();
    FileStamp before =
        new FileStamp(
            stamp.size(),
            stamp.mtimeNanos(),
            stamp.ctimeNanos() - 1,
            stamp.inode(),
            stamp.device());
    Walked seen = new Walked(new TreePath("x"), path, Walked.Kind.FILE, now.attributes(), before);
    StatCache cache =
        StatCache.empty(
            RandomBytes.secure(), new StatCache.Limit(10), Instant.parse("2200-01-01T00:00:00Z"));
    FileSender sender =
        new FileSender(
            store.client(),
            UploadOptions.plain(1).withMemory(cache),
            new Notices(lines::add),
            new Receipts(tally, stored::add, new UploadReport.Sum()));
    sender.sendBatch(List.of(seen));
    sender.sendLarge(seen);
    assertThat(stored).hasSize(2);
    assertThat(cache.isChanged()).isFalse();
    sender.sendBatch(
        List.of(new Walked(new TreePath("x"), path, Walked.Kind.FILE, now.attributes(), stamp)));
    assertThat(cache.isChanged()).isTrue();
  }

  @Test
  void aFileThatIsGoneIsSkippedAndNamed() {
    Walked gone = file("gone", 10);
    Notices notices = new Notices(lines::add);
    FileSender sender =
        new FileSender(
            store.client(),
            UploadOptions.plain(1),
            notices,
            new Receipts(tally, stored::add, new UploadReport.Sum()));
    sender.sendBatch(List.of(gone));
    sender.sendLarge(gone);
    assertThat(notices.skippedCount()).isEqualTo(2);
    assertThat(lines).allMatch(line -> line.contains("gone") && line.contains("no such file"));
    assertThat(store.paths()).isEmpty();
  }

  @Test
  void aDryRunChangesNothingAndTellsWhatIsKnown() throws IOException {
    write("known", 10);
    write("large", LARGE);
    put();
    write("new", 11);
    stored.clear();
    store.batches.clear();
    byte[] changed = write("changed", LARGE + 1);
    UploadReport report = put(options(true, Map.of()));
    assertThat(report.newFiles()).isEqualTo(2);
    assertThat(report.bytes()).isEqualTo(10 + LARGE + 11 + changed.length);
    assertThat(report.newBytes()).isEqualTo(11 + changed.length);
    assertThat(stored)
        .extracting(StoredFile::newContent)
        .containsExactlyInAnyOrder(true, true, false, false);
    assertThat(store.batches).isEmpty();
    assertThat(store.streams).isEqualTo(1);
    assertThat(tally.view().bytes()).isEqualTo(2 * (10 + LARGE) + 11 + changed.length);
    assertThat(store.entry("t/new")).isEmpty();
  }

  @Test
  void theFirstFailureEndsEverything() throws IOException {
    write("small", 10);
    store.failure =
        Optional.of(new AifsException.LimitExceeded(Reason.DISK_FULL, "disk is full", "make room"));
    assertThatThrownBy(this::put).isInstanceOf(AifsException.LimitExceeded.class);
  }
}
