package io.aifs.tests.interop;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.aifs.core.model.AssetKind;
import io.aifs.core.model.VectorMetric;
import io.aifs.crypto.Digest;
import io.aifs.crypto.testing.SeededTest;
import io.aifs.schemas.ByteSource;
import io.aifs.schemas.artifact.ArtifactCodec;
import io.aifs.schemas.artifact.ArtifactFile;
import io.aifs.schemas.artifact.ArtifactManifest;
import io.aifs.schemas.artifact.ArtifactReader;
import io.aifs.schemas.embed.Embed;
import io.aifs.schemas.embed.EmbedCodec;
import io.aifs.schemas.embed.EmbedHeader;
import io.aifs.schemas.payload.Payloads;
import io.aifs.tests.harness.ExternalTool;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Payloads written here and read by flatc and unzip, and the other way round. */
class PayloadInteropTest {
  private static final Path EMBED_SCHEMA = Path.of("../schemas/embed.fbs").toAbsolutePath();

  @TempDir Path temporary;

  @Test
  void flatcReadsWhatIsWrittenHere() throws IOException {
    Embed embed = embed(new SplittableRandom(SeededTest.seed()), true);
    Files.write(temporary.resolve("ours.embed"), EmbedCodec.encode(embed));

    run("flatc", "--json", "--strict-json", EMBED_SCHEMA.toString(), "--", "ours.embed");

    String json = Files.readString(temporary.resolve("ours.json"));
    assertThat(json.replaceAll("\\s", "")).isEqualTo(json(embed));
  }

  @Test
  void whatFlatcWritesIsReadHere() throws Exception {
    SplittableRandom random = new SplittableRandom(SeededTest.seed());
    for (boolean sourced : new boolean[] {true, false}) {
      Embed embed = embed(random, sourced);
      Files.writeString(temporary.resolve("theirs.json"), json(embed));

      run("flatc", "--binary", EMBED_SCHEMA.toString(), "theirs.json");

      byte[] payload = Files.readAllBytes(temporary.resolve("theirs.embed"));
      Payloads.validate(AssetKind.EMBED, ByteSource.of(payload));
      Embed read = EmbedCodec.decode(payload);
      assertThat(read.header()).isEqualTo(embed.header());
      assertThat(read.sources()).isEqualTo(embed.sources());
      assertThat(read.vectors().toArray(float[][]::new))
          .isDeepEqualTo(embed.vectors().toArray(float[][]::new));
    }
  }

  @Test
  void unzipExtractsWhatIsPackedHere() throws Exception {
    Path from = Files.createDirectory(temporary.resolve("from"));
    Map<String, byte[]> files = files(from);
    try (OutputStream out = Files.newOutputStream(temporary.resolve("ours.zip"))) {
      var _ = ArtifactCodec.pack(from, ArtifactManifest.named("ours"), out);
    }

    run("unzip", "-t", "ours.zip");
    run("unzip", "-q", "ours.zip", "-d", "to");

    Path to = temporary.resolve("to");
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      assertThat(to.resolve(file.getKey())).hasBinaryContent(file.getValue());
    }
    ArtifactManifest manifest = ArtifactManifest.parse(Files.readAllBytes(to.resolve("MANIFEST")));
    assertThat(manifest.files())
        .extracting(ArtifactFile::path)
        .containsExactlyInAnyOrderElementsOf(files.keySet());
    for (ArtifactFile file : manifest.files()) {
      assertThat(ExternalTool.b3sum(to.resolve(file.path()))).isEqualTo(file.blake3().hex());
    }
    assertThat(to.resolve("empty")).isEmptyDirectory();
  }

  @Test
  void whatZipPacksIsReadHere() throws Exception {
    Path from = Files.createDirectory(temporary.resolve("from"));
    Map<String, byte[]> files = files(from);
    List<ArtifactFile> named = new ArrayList<>();
    files.forEach(
        (path, content) ->
            named.add(
                new ArtifactFile(
                    path, content.length, Digest.of(content), ArtifactFile.ANY_MEDIA_TYPE)));
    ArtifactManifest manifest = ArtifactManifest.named("theirs").withFiles(named);
    Files.write(from.resolve("MANIFEST"), manifest.toJson());

    runIn(from, "zip", "-q", "-r", "../file.zip", "MANIFEST", ".");
    // To a pipe, so that sizes follow the content.
    runIn(from, "sh", "-c", "zip -q -r - MANIFEST . | cat > ../pipe.zip");

    for (String name : List.of("file.zip", "pipe.zip")) {
      try (FileChannel zip = FileChannel.open(temporary.resolve(name))) {
        Payloads.validate(AssetKind.ARTIFACT, ByteSource.of(zip));
        ArtifactReader reader = ArtifactReader.open(ByteSource.of(zip));
        assertThat(reader.manifest()).isEqualTo(manifest);
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
          try (InputStream in = reader.open(file.getKey()).orElseThrow()) {
            assertThat(in.readAllBytes()).isEqualTo(file.getValue());
          }
        }
      }
    }
  }

  /** Files of all sorts below a directory, and an empty directory. */
  private static Map<String, byte[]> files(Path directory) throws IOException {
    SplittableRandom random = new SplittableRandom(SeededTest.seed());
    Map<String, byte[]> files = new TreeMap<>();
    files.put("config.json", "{\"layers\": 2}".repeat(1_000).getBytes(UTF_8));
    files.put("empty.txt", new byte[0]);
    files.put("weights/layer-1/größe 1.bin", SeededTest.bytes(random, 300_000));
    files.put("weights/layer-2.bin", new byte[100_000]);
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      Path path = directory.resolve(file.getKey());
      Files.createDirectories(path.resolveSibling("."));
      Files.write(path, file.getValue());
    }
    Files.createDirectory(directory.resolve("empty"));
    return files;
  }

  private void run(String tool, String... arguments) {
    runIn(temporary, tool, arguments);
  }

  private static void runIn(Path directory, String tool, String... arguments) {
    List<String> command = new ArrayList<>(List.of(ExternalTool.require(tool).toString()));
    command.addAll(List.of(arguments));
    ExternalTool.Output output = ExternalTool.run(directory, command);
    assertThat(output.exit()).as("exit of %s, which said:%n%s", tool, output.text()).isZero();
  }

  /** Vectors of values that decimal fractions of few digits name exactly. */
  private static Embed embed(SplittableRandom random, boolean sourced) {
    EmbedHeader header = new EmbedHeader("minilm-6", random.nextInt(1, 9), VectorMetric.EUCLIDEAN);
    List<float[]> vectors = new ArrayList<>();
    List<String> sources = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      float[] vector = new float[header.dimension()];
      for (int j = 0; j < vector.length; j++) {
        vector[j] = random.nextInt(-400, 400) / 4f;
      }
      vectors.add(vector);
      if (sourced) {
        sources.add("doc/" + i / 3);
      }
    }
    return new Embed(header, vectors, sources);
  }

  /** As flatc writes it, but for white space. */
  private static String json(Embed embed) {
    StringBuilder values = new StringBuilder();
    for (float[] vector : embed.vectors()) {
      for (float value : vector) {
        values.append(values.isEmpty() ? "" : ",").append(value);
      }
    }
    String sources =
        embed.sources().isEmpty()
            ? ""
            : embed.sources().stream()
                .map(source -> '"' + source + '"')
                .collect(Collectors.joining(",", ",\"sources\":[", "]"));
    return "{\"model\":\"%s\",\"dimension\":%d,\"metric\":\"%s\",\"vectors\":[%s]%s}"
        .formatted(
            embed.header().model(),
            embed.header().dimension(),
            embed.header().metric(),
            values,
            sources);
  }
}
