package io.aifs.tests.roundtrip;

import static org.assertj.core.api.Assertions.assertThat;

import io.aifs.client.AifsClient;
import io.aifs.client.AssetDetail;
import io.aifs.client.PathInfo;
import io.aifs.client.ReadTarget;
import io.aifs.client.bundle.ArtifactExport;
import io.aifs.client.bundle.BundleImport;
import io.aifs.client.bundle.ImportListener;
import io.aifs.client.bundle.ImportOptions;
import io.aifs.client.bundle.ImportReport;
import io.aifs.client.bundle.ParentVersion;
import io.aifs.core.address.Ref;
import io.aifs.core.model.AssetKind;
import io.aifs.core.model.Name;
import io.aifs.core.model.ParentEdge;
import io.aifs.core.model.TreeEntry;
import io.aifs.core.model.TreePath;
import io.aifs.schemas.layout.TensorEntry;
import io.aifs.schemas.safetensors.SafetensorsWriter;
import io.aifs.schemas.tensor.ElementType;
import io.aifs.schemas.tensor.SliceRange;
import io.aifs.schemas.tensor.Tensor;
import io.aifs.schemas.tensor.TensorDifference;
import io.aifs.schemas.tensor.TensorDifference.Kind;
import io.aifs.schemas.tensor.TensorStatistics;
import io.aifs.schemas.tensor.TensorType;
import io.aifs.tests.harness.CliProcess;
import io.aifs.tests.harness.ServerProcess;
import io.aifs.tests.harness.StoreUnderTest;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models go into a store, are looked into there, and come out as they were. */
class TensorImportTest {
  private static final Name MAIN = Name.MAIN_BRANCH;
  private static final TreePath BASE = new TreePath("models/base.safetensors");
  private static final TreePath TUNED = new TreePath("models/tuned.safetensors");
  private static final TensorType MATRIX = new TensorType(ElementType.FLOAT32, List.of(512L, 256L));
  private static final TensorType ROW = new TensorType(ElementType.FLOAT32, List.of(256L));
  private static final Map<String, TensorType> TYPES =
      Map.of("layer.0/weight", MATRIX, "layer.1/weight", MATRIX, "bias", ROW, "scale", ROW);
  private static final long SEED = 20_261_126;

  @TempDir Path temporary;
  private Path base = Path.of("");
  private Path tuned = Path.of("");

  @BeforeEach
  void makeModels() throws IOException {
    base = temporary.resolve("base.safetensors");
    tuned = temporary.resolve("tuned.safetensors");
    Map<String, ByteBuffer> values = new HashMap<>();
    SplittableRandom random = new SplittableRandom(SEED);
    for (String name : TYPES.keySet().stream().sorted().toList()) {
      values.put(name, normal(random, type(name)));
    }
    write(base, values);
    ByteBuffer weight = values(values, "layer.1/weight");
    for (int i = 0; i < weight.limit(); i += Float.BYTES) {
      weight.putFloat(i, weight.getFloat(i) * 1.000_1f);
    }
    write(tuned, values);
  }

  private static TensorType type(String name) {
    return Objects.requireNonNull(TYPES.get(name));
  }

  private static ByteBuffer values(Map<String, ByteBuffer> values, String name) {
    return Objects.requireNonNull(values.get(name));
  }

  private static ByteBuffer normal(SplittableRandom random, TensorType type) {
    ByteBuffer values = ByteBuffer.allocate((int) type.bytes()).order(ByteOrder.LITTLE_ENDIAN);
    while (values.hasRemaining()) {
      values.putFloat((float) (random.nextGaussian() * 0.02));
    }
    return values.flip();
  }

  private static void write(Path file, Map<String, ByteBuffer> values) throws IOException {
    SequencedMap<String, TensorType> ordered = SafetensorsWriter.inOrder(TYPES);
    try (OutputStream out = Files.newOutputStream(file)) {
      out.write(SafetensorsWriter.head(Map.of("format", "pt"), ordered));
      for (String name : ordered.keySet()) {
        out.write(values(values, name).array());
      }
    }
  }

  private static ImportReport load(AifsClient client, Path file, ImportOptions options)
      throws IOException {
    return new BundleImport(client, ImportListener.NONE).file(file, options);
  }

  private static ImportOptions tunedFromBase() {
    return ImportOptions.at(MAIN, TUNED).from(new ParentVersion.OfPath(Ref.MAIN, BASE));
  }

  private static AssetDetail detail(AifsClient client, TreePath path) {
    PathInfo info = Objects.requireNonNull(client.tree().stat(Ref.MAIN, List.of(path)).get(path));
    return client.assets().stat(((TreeEntry.File) info.entry()).asset());
  }

  private static TreePath tensor(TreePath file, String segment) {
    return new TreePath(file + ".tensors/" + segment);
  }

  private static ReadTarget at(TreePath path) {
    return new ReadTarget.ByPath(Ref.MAIN, path);
  }

  private static byte[] read(AifsClient client, TreePath path) throws IOException {
    try (var in = client.assets().read(at(path), 0, Optional.empty())) {
      return in.readAllBytes();
    }
  }

  @Test
  void aModelIsStoredOnceAndReadInParts() throws IOException {
    StoreUnderTest store = StoreUnderTest.create(temporary.resolve("store"));
    try (ServerProcess server = ServerProcess.start(store, 512);
        AifsClient client = server.connect()) {
      ImportReport report = load(client, base, ImportOptions.at(MAIN, BASE));

      assertThat(report.tensors()).isEqualTo(4);
      assertThat(report.storedBytes())
          .as("the file and its tensors share what they hold")
          .isLessThan(Files.size(base) * 102 / 100 + (64 << 10));
      assertThat(read(client, BASE)).isEqualTo(Files.readAllBytes(base));
      assertThat(detail(client, BASE).info().metadata()).containsEntry("format", "safetensors");
      AssetDetail weight = detail(client, tensor(BASE, "layer.1%2Fweight"));
      assertThat(weight.info().kind()).isEqualTo(AssetKind.TENSOR);
      assertThat(weight.parents())
          .containsExactly(
              new ParentEdge(detail(client, BASE).info().id(), "safetensors.tensor", ""));
      requireSlices(client);
      requireStatistics(client);
      ImportReport again = load(client, base, ImportOptions.at(MAIN, BASE));
      assertThat(again.unchanged()).isEqualTo(5);
      assertThat(again.storedBytes()).isZero();
      StoreUnderTest.requireClean(client);
    }
  }

  /** The same part of the file, of the tensor's own asset, and of the local file. */
  private void requireSlices(AifsClient client) throws IOException {
    TensorEntry entry =
        client.tensors().describe(at(BASE)).layout().find("layer.1/weight").orElseThrow();
    assertThat(entry.type()).isEqualTo(MATRIX);
    ByteBuffer file = ByteBuffer.wrap(Files.readAllBytes(base)).order(ByteOrder.LITTLE_ENDIAN);
    List<SliceRange> part = List.of(new SliceRange(500, 512, true), new SliceRange(7, 8, false));
    for (TreePath path : List.of(BASE, tensor(BASE, "layer.1%2Fweight"))) {
      Tensor slice = client.tensors().slice(at(path), "layer.1/weight", part);
      assertThat(slice.type()).isEqualTo(new TensorType(ElementType.FLOAT32, List.of(12L)));
      for (int i = 0; i < 12; i++) {
        int place = (int) entry.offset() + ((500 + i) * 256 + 7) * Float.BYTES;
        assertThat(slice.values().getFloat(i * Float.BYTES)).isEqualTo(file.getFloat(place));
      }
    }
  }

  private static void requireStatistics(AifsClient client) {
    TensorStatistics found =
        Objects.requireNonNull(
            client.tensors().statistics(at(BASE), List.of("layer.0/weight")).get("layer.0/weight"));
    assertThat(found.count()).isEqualTo(512 * 256);
    assertThat(found.deviation()).isBetween(0.018, 0.022);
    assertThat(found.nans()).isZero();
  }

  @Test
  void aFineTunedModelCostsWhatChangedAndOutlivesARestart() throws IOException {
    StoreUnderTest store = StoreUnderTest.create(temporary.resolve("store"));
    try (ServerProcess server = ServerProcess.start(store, 512);
        AifsClient client = server.connect()) {
      var _ = load(client, base, ImportOptions.at(MAIN, BASE));
      ImportReport report = load(client, tuned, tunedFromBase());

      assertThat(report.storedBytes())
          .as("one layer of two changed, and little")
          .isLessThan(MATRIX.bytes());
      assertThat(detail(client, TUNED).parents())
          .containsExactly(new ParentEdge(detail(client, BASE).info().id(), "fine-tune", ""));
      TreePath changed = tensor(TUNED, "layer.1%2Fweight");
      assertThat(detail(client, changed).parents().getFirst())
          .isEqualTo(
              new ParentEdge(
                  detail(client, tensor(BASE, "layer.1%2Fweight")).info().id(), "fine-tune", ""));
      assertThat(detail(client, tensor(TUNED, "bias")).info().id())
          .isEqualTo(detail(client, tensor(BASE, "bias")).info().id());
    }
    try (ServerProcess server = ServerProcess.start(store, 512);
        AifsClient client = server.connect()) {
      assertThat(read(client, TUNED)).isEqualTo(Files.readAllBytes(tuned));
      assertThat(read(client, BASE)).isEqualTo(Files.readAllBytes(base));
      List<TensorDifference> differences = new ArrayList<>();
      client.tensors().diff(at(BASE), at(TUNED), true, differences::add);
      assertThat(differences)
          .map(TensorDifference::name)
          .containsExactly("bias", "layer.0/weight", "layer.1/weight", "scale");
      assertThat(differences)
          .map(TensorDifference::kind)
          .containsExactly(Kind.EQUAL, Kind.EQUAL, Kind.CHANGED, Kind.EQUAL);
      assertThat(differences.get(2).change().orElseThrow().maxAbs()).isBetween(1e-7, 1e-3);
      StoreUnderTest.requireClean(client);
    }
  }

  @Test
  void theCommandsDoTheSame() throws IOException {
    StoreUnderTest store = StoreUnderTest.create(temporary.resolve("store"));
    Path out = temporary.resolve("out.safetensors");
    Path part = temporary.resolve("part.npy");
    run(store, 0, "import", base.toString(), "main:models/");
    run(store, 0, "import", tuned.toString(), "main:models/", "--parent", "main:" + BASE);
    run(store, 0, "export", "main:" + TUNED, out.toString());
    assertThat(out).hasSameBinaryContentAs(tuned);
    assertThat(run(store, 0, "stat", "main:" + BASE))
        .contains("layer.0/weight  float32 [512, 256]  512 KiB");
    run(
        store,
        0,
        "get",
        "main:" + BASE,
        part.toString(),
        "--tensor",
        "layer.0/weight",
        "--slice",
        "0:10,-1");
    assertThat(Files.size(part)).isEqualTo(128 + 10 * Float.BYTES);
    assertThat(run(store, 1, "diff", "--tensors", "main:" + BASE, "main:" + TUNED, "--exit-code"))
        .contains("M  layer.1/weight", "3 equal, 1 changed");
    store.requireClean();
  }

  private static String run(StoreUnderTest store, int exit, String... arguments) {
    return CliProcess.run(store.homes(), arguments).requireExit(exit).text();
  }

  @Test
  void aDirectoryComesBackFromItsArtifact() throws IOException {
    StoreUnderTest store = StoreUnderTest.create(temporary.resolve("store"));
    Path run = temporary.resolve("run");
    Files.createDirectories(run.resolve("sub"));
    Files.writeString(run.resolve("config.json"), "{}");
    Files.write(run.resolve("sub/data"), Files.readAllBytes(base));
    TreePath path = new TreePath("runs/1");
    try (ServerProcess server = ServerProcess.start(store, 512);
        AifsClient client = server.connect()) {
      ImportReport report =
          new BundleImport(client, ImportListener.NONE)
              .directory(run, ImportOptions.at(MAIN, path));
      AssetDetail artifact = detail(client, path);
      assertThat(artifact.info().kind()).isEqualTo(AssetKind.ARTIFACT);
      assertThat(report.id()).contains(artifact.info().id());
      var _ =
          new ArtifactExport(client)
              .unpack(at(path), artifact.info().size(), temporary.resolve("back"));
      assertThat(temporary.resolve("back/config.json")).hasContent("{}");
      assertThat(temporary.resolve("back/sub/data")).hasSameBinaryContentAs(base);
      StoreUnderTest.requireClean(client);
    }
  }
}
