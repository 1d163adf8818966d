package io.aifs.tests.roundtrip;

import static org.assertj.core.api.Assertions.assertThat;

import io.aifs.client.AifsClient;
import io.aifs.client.FilePut;
import io.aifs.client.PathInfo;
import io.aifs.client.ReadTarget;
import io.aifs.client.Tree.PathPage;
import io.aifs.core.address.Ref;
import io.aifs.core.model.FileAttributes;
import io.aifs.core.model.Name;
import io.aifs.core.model.TreeEntry;
import io.aifs.core.model.TreePath;
import io.aifs.crypto.testing.SeededTest;
import io.aifs.tests.harness.RandomNames;
import io.aifs.tests.harness.ServerProcess;
import io.aifs.tests.harness.StoreUnderTest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trees that a program puts and reads through the Java client, without any files. */
class ClientTreeTest {
  private static final int FILES = 300;

  @TempDir Path temporary;

  @Test
  void everyPathReturnsFromADirectory() {
    SeededTest.run(
        1,
        random -> {
          StoreUnderTest store =
              StoreUnderTest.create(Files.createTempDirectory(temporary, "store"));
          try (AifsClient client = store.open()) {
            roundTrip(random, client);
          }
          store.requireClean();
        });
  }

  @Test
  void everyPathReturnsFromAServer() {
    SeededTest.run(
        1,
        random -> {
          StoreUnderTest store =
              StoreUnderTest.create(Files.createTempDirectory(temporary, "store"));
          try (ServerProcess server = ServerProcess.start(store, 256);
              AifsClient client = server.connect()) {
            roundTrip(random, client);
          }
          store.requireClean();
        });
  }

  private static void roundTrip(SplittableRandom random, AifsClient client) throws IOException {
    Map<TreePath, Entry> entries = entries(random);
    client
        .tree()
        .putFiles(
            Name.MAIN_BRANCH,
            entries.entrySet().stream()
                .map(
                    entry ->
                        new FilePut(
                            entry.getKey(),
                            new FilePut.What.Data(entry.getValue().bytes()),
                            entry.getValue().attributes()))
                .toList());
    Map<TreePath, FileAttributes> listed = listFiles(client);
    assertThat(listed.keySet()).isEqualTo(entries.keySet());
    for (Map.Entry<TreePath, Entry> entry : entries.entrySet()) {
      assertThat(listed).containsEntry(entry.getKey(), entry.getValue().attributes());
      ReadTarget target = new ReadTarget.ByPath(Ref.MAIN, entry.getKey());
      try (InputStream in = client.assets().read(target, 0, Optional.empty())) {
        assertThat(in.readAllBytes()).isEqualTo(entry.getValue().bytes());
      }
    }
  }

  private static Map<TreePath, FileAttributes> listFiles(AifsClient client) {
    Map<TreePath, FileAttributes> files = new TreeMap<>();
    Optional<String> token = Optional.empty();
    do {
      PathPage page = client.tree().list(Ref.MAIN, TreePath.ROOT, true, 37, token);
      for (PathInfo info : page.paths()) {
        if (info.entry() instanceof TreeEntry.File file) {
          files.put(info.path(), file.attributes());
        }
      }
      token = page.nextPageToken();
    } while (token.isPresent());
    return files;
  }

  /** Files in directories whose names are none of the files' names. */
  private static Map<TreePath, Entry> entries(SplittableRandom random) {
    RandomNames names = new RandomNames(random);
    List<String> directories = List.of("d " + names.next(), "\u00fc/d " + names.next(), "d");
    Map<TreePath, Entry> entries = new TreeMap<>();
    for (String difficult : RandomNames.DIFFICULT) {
      entries.put(new TreePath("d/" + difficult), Entry.draw(random));
    }
    while (entries.size() < FILES) {
      String directory = directories.get(random.nextInt(directories.size()));
      entries.put(new TreePath(directory + "/" + names.next()), Entry.draw(random));
    }
    return entries;
  }

  /** A file's content and attributes. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Entry(byte[] bytes, FileAttributes attributes) {
    static Entry draw(SplittableRandom random) {
      return new Entry(
          SeededTest.bytes(random, random.nextInt(3_000)),
          new FileAttributes(random.nextInt(01000), random.nextLong()));
    }
  }
}
