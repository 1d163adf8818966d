package io.aifs.schemas.artifact;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aifs.crypto.Digest;
import io.aifs.crypto.testing.SeededTest;
import io.aifs.schemas.ByteSource;
import io.aifs.schemas.PayloadInvalidException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;

class ArtifactTest {
  @Test
  void filesComeBackOneByOne() throws Exception {
    byte[] payload = Artifacts.write(Artifacts.FULL, Artifacts.files());

    ArtifactReader reader = ArtifactReader.open(ByteSource.of(payload));

    assertThat(reader.manifest().name()).isEqualTo("tiny model");
    assertThat(reader.manifest().dependencies()).isEqualTo(Artifacts.FULL.dependencies());
    assertThat(reader.manifest().lineage()).isEqualTo(Artifacts.FULL.lineage());
    assertThat(reader.manifest().metadata()).isEqualTo(Artifacts.FULL.metadata());
    assertThat(reader.manifest().files())
        .extracting(ArtifactFile::path)
        .containsExactly("config.json", "text.txt", "weights/größe.bin");
    assertThat(reader.manifest().find("config.json").orElseThrow().mediaType())
        .isEqualTo("application/json");
    for (Map.Entry<String, byte[]> file : Artifacts.files().entrySet()) {
      assertThat(Artifacts.read(reader, file.getKey())).isEqualTo(file.getValue());
    }
    assertThat(reader.open("other")).isEmpty();
    assertThat(reader.open("MANIFEST")).isEmpty();
    Artifacts.validate(payload);
  }

  @Test
  void storedFilesAreReadAtAnyPlace() throws Exception {
    byte[] payload = Artifacts.write(Artifacts.FULL, Artifacts.files());
    ArtifactReader reader = ArtifactReader.open(ByteSource.of(payload));

    ByteSource stored = reader.stored("weights/größe.bin").orElseThrow();

    assertThat(stored.size()).isEqualTo(7);
    assertThat(stored.read(3, 3)).containsExactly(3, 127, -128);
    assertThatThrownBy(() -> stored.read(5, 3)).isInstanceOf(IllegalArgumentException.class);
    assertThat(reader.stored("text.txt")).as("deflated").isEmpty();
    assertThat(reader.stored("none")).isEmpty();
  }

  @Test
  void theFixtureIsReadAndItsStoredFormIsWrittenByteForByte() throws Exception {
    byte[] fixture = fixture("three-files-v1.zip");

    Artifacts.validate(fixture);

    ArtifactReader reader = ArtifactReader.open(ByteSource.of(fixture));
    for (Map.Entry<String, byte[]> file : Artifacts.files().entrySet()) {
      assertThat(Artifacts.read(reader, file.getKey())).isEqualTo(file.getValue());
    }
    assertThat(reader.manifest().withFiles(List.of())).isEqualTo(Artifacts.FULL);
    // Deflated bytes are those of the machine's zlib; all else is the format's.
    Map<String, byte[]> small = Artifacts.files();
    small.remove("text.txt");
    assertThat(Artifacts.write(ArtifactManifest.named("small"), small))
        .isEqualTo(fixture("stored-v1.zip"));
  }

  @Test
  void randomArtifactsComeBackAndAreWrittenAlikeInAnyOrder() {
    SeededTest.run(
        30,
        random -> {
          Map<String, byte[]> files = random(random);
          byte[] payload = Artifacts.write(Artifacts.FULL, files);
          ArtifactWriter other = new ArtifactWriter(Artifacts.FULL);
          files.entrySet().stream()
              .sorted(Map.Entry.<String, byte[]>comparingByKey().reversed())
              .forEach(
                  file ->
                      other.add(
                          file.getKey(),
                          MediaTypes.of(file.getKey()),
                          () -> new ByteArrayInputStream(file.getValue())));

          assertThat(Artifacts.write(other)).isEqualTo(payload);
          Artifacts.validate(payload);
          ArtifactReader reader = ArtifactReader.open(ByteSource.of(payload));
          for (Map.Entry<String, byte[]> file : files.entrySet()) {
            assertThat(Artifacts.read(reader, file.getKey())).isEqualTo(file.getValue());
          }
          requireReadByTheJdk(payload, files);
        });
  }

  @Test
  void openingAFileReadsNoOther() throws Exception {
    SplittableRandom random = new SplittableRandom(SeededTest.seed());
    Map<String, byte[]> files = new LinkedHashMap<>();
    for (int i = 0; i < 20; i++) {
      files.put("part-" + i, SeededTest.bytes(random, 1 << 20));
    }
    byte[] payload = Artifacts.write(ArtifactManifest.named(""), files);
    AtomicInteger bytes = new AtomicInteger();
    ByteSource source =
        new ByteSource() {
          @Override
          public long size() {
            return payload.length;
          }

          @Override
          public byte[] read(long offset, int length) throws IOException {
            assertThat(length).isLessThanOrEqualTo(1 << 20);
            bytes.addAndGet(length);
            return ByteSource.of(payload).read(offset, length);
          }
        };

    byte[] content = Artifacts.read(ArtifactReader.open(source), "part-7");

    assertThat(content).isEqualTo(files.get("part-7"));
    assertThat(bytes.get()).isLessThan((1 << 20) + (300 << 10));
  }

  @Test
  void overSixtyFiveThousandFilesAreZip64() throws Exception {
    Map<String, byte[]> files = new LinkedHashMap<>();
    for (int i = 0; i < 65_536; i++) {
      files.put(Integer.toString(i), new byte[] {(byte) i});
    }

    byte[] payload = Artifacts.write(ArtifactManifest.named(""), files);

    Artifacts.validate(payload);
    ArtifactReader reader = ArtifactReader.open(ByteSource.of(payload));
    assertThat(Artifacts.read(reader, "65535")).containsExactly((byte) 65_535);
  }

  @Test
  void directoriesWithoutFilesAreKept() throws Exception {
    ArtifactWriter writer = new ArtifactWriter(ArtifactManifest.named("d"));
    writer.addDirectory("empty/below");

    byte[] payload = Artifacts.write(writer);

    Artifacts.validate(payload);
    assertThat(ArtifactReader.open(ByteSource.of(payload)).directories())
        .containsExactly("empty/below");
  }

  @Test
  void contentThatChangesMeanwhileIsNotWritten() {
    ArtifactWriter writer = new ArtifactWriter(ArtifactManifest.named(""));
    AtomicInteger opened = new AtomicInteger();
    writer.add("a", "text/plain", () -> new ByteArrayInputStream(new byte[] {(byte) opened.get()}));
    writer.add(
        "b",
        "text/plain",
        () -> new ByteArrayInputStream(new byte[] {(byte) opened.getAndIncrement()}));

    assertThatThrownBy(() -> writer.write(new ByteArrayOutputStream()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("content changed while it was read");
  }

  @Test
  void zerosThatWouldLookLikeABombAreStored() throws Exception {
    byte[] zeros = new byte[(64 << 20) + 1];

    byte[] payload = Artifacts.write(ArtifactManifest.named(""), Map.of("zeros", zeros));

    assertThat(payload).hasSizeGreaterThan(zeros.length);
    Artifacts.validate(payload);
  }

  @Test
  void aDigestThatIsAnotherIsFoundAtTheEnd() throws Exception {
    Map<String, byte[]> files = Map.of("f", new byte[] {1});
    byte[] payload = Zips.of(Zips.manifest(files), new Zips.Entry("f", new byte[] {1}));
    String digest = Digest.of(new byte[] {1}).hex();
    byte[] lie = Zips.patchManifest(payload, digest, "00".repeat(32));

    ArtifactReader reader = ArtifactReader.open(ByteSource.of(lie));
    assertThatThrownBy(() -> Artifacts.read(reader, "f"))
        .isInstanceOf(IOException.class)
        .hasCauseInstanceOf(PayloadInvalidException.class)
        .hasMessage(
            "entry 'f': its digest is " + digest + ", and the manifest says " + "00".repeat(32));
  }

  /** Another implementation of ZIP, which reads from front to back. */
  private static void requireReadByTheJdk(byte[] payload, Map<String, byte[]> files)
      throws IOException {
    int read = 0;
    try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(payload), UTF_8)) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        byte[] content = in.readAllBytes();
        if (read++ == 0) {
          assertThat(entry.getName()).isEqualTo("MANIFEST");
        } else {
          assertThat(content).isEqualTo(files.get(entry.getName()));
        }
      }
    }
    assertThat(read).isEqualTo(files.size() + 1);
  }

  private static Map<String, byte[]> random(SplittableRandom random) {
    Map<String, byte[]> files = new LinkedHashMap<>();
    int count = random.nextInt(20);
    for (int i = 0; i < count; i++) {
      byte[] content = SeededTest.bytes(random, random.nextInt(random.nextBoolean() ? 3 : 80_000));
      if (random.nextBoolean()) {
        for (int j = 0; j < content.length; j++) {
          content[j] &= 3;
        }
      }
      files.put("d".repeat(random.nextInt(1, 4)) + "/ä" + i + ".txt", content);
    }
    return files;
  }

  static byte[] fixture(String name) throws IOException {
    try (InputStream in = Objects.requireNonNull(ArtifactTest.class.getResourceAsStream(name))) {
      return in.readAllBytes();
    }
  }
}
