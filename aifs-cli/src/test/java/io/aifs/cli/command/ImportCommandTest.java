package io.aifs.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.aifs.cli.testing.CommandHarness;
import io.aifs.cli.testing.CommandRun;
import io.aifs.cli.testing.SafetensorsBytes;
import io.aifs.core.ExitCode;
import io.aifs.core.model.AssetKind;
import io.aifs.core.model.ParentEdge;
import io.aifs.crypto.Digest;
import io.aifs.schemas.ByteSource;
import io.aifs.schemas.numpy.NpyHeader;
import io.aifs.schemas.tensor.ElementType;
import io.aifs.schemas.tensor.Tensor;
import io.aifs.schemas.tensor.TensorCodec;
import io.aifs.schemas.tensor.TensorType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImportCommandTest {
  private static final String MODEL = "m/a.safetensors";

  @TempDir Path directory;
  private CommandHarness harness = new CommandHarness(Path.of(""));

  @BeforeEach
  void openAStore() {
    harness = new CommandHarness(directory);
  }

  private static SafetensorsBytes model() {
    return new SafetensorsBytes()
        .saying("format", "pt")
        .with("w/0", "[2,2]", 1, 2, 3, 4)
        .with("b", "[2]", 5, 6);
  }

  private void file(String name, byte[] bytes) throws IOException {
    Files.write(directory.resolve(name), bytes);
    Files.setLastModifiedTime(directory.resolve(name), FileTime.fromMillis(5_000));
  }

  private Tensor tensor(String path) throws Exception {
    return TensorCodec.decode(ByteSource.of(harness.store.bytes(path)));
  }

  private List<ParentEdge> parents(String path) {
    return harness.store.detail(path).parents();
  }

  private Digest id(String path) {
    return harness.store.detail(path).info().id();
  }

  @Test
  void aSafetensorsFileIsItselfAndItsTensors() throws Exception {
    file("a.safetensors", model().bytes());

    CommandRun run = harness.run("import", "a.safetensors", "main:" + MODEL).ends(ExitCode.OK);

    assertThat(harness.store.paths())
        .containsExactly(MODEL, MODEL + ".tensors/b", MODEL + ".tensors/w%2F0");
    assertThat(harness.store.bytes(MODEL)).isEqualTo(model().bytes());
    assertThat(harness.store.detail(MODEL).info().kind()).isEqualTo(AssetKind.BLOB);
    assertThat(harness.store.detail(MODEL).info().metadata())
        .isEqualTo(Map.of("format", "safetensors", "safetensors.format", "pt"));
    Tensor weight = tensor(MODEL + ".tensors/w%2F0");
    assertThat(weight.name()).isEqualTo("w/0");
    assertThat(weight.type()).isEqualTo(new TensorType(ElementType.FLOAT32, List.of(2L, 2L)));
    assertThat(weight.values().getFloat(8)).isEqualTo(3f);
    assertThat(harness.store.detail(MODEL + ".tensors/w%2F0").info().metadata())
        .isEqualTo(Map.of("tensor.name", "w/0"));
    assertThat(parents(MODEL + ".tensors/b"))
        .containsExactly(new ParentEdge(id(MODEL), "safetensors.tensor", ""));
    run.prints(id(MODEL).hex()).complains("imported a file and 2 tensors");
  }

  @Test
  void importedAgainItAddsNothing() throws Exception {
    file("a.safetensors", model().bytes());
    harness.run("import", "a.safetensors", "main:m/").ends(ExitCode.OK);
    int assets = harness.store.assetCount();
    int streams = harness.store.streams;

    CommandRun run =
        harness.run("import", "a.safetensors", "main:m/", "-o", "json").ends(ExitCode.OK);

    assertThat(harness.store.assetCount()).isEqualTo(assets);
    assertThat(harness.store.streams).isEqualTo(streams);
    assertThat(run.json().get("unchanged").asInt()).isEqualTo(3);
    assertThat(run.json().get("version").asLong()).isZero();
    assertThat(run.json().get("assets").get(0).get("change").asText()).isEqualTo("none");
  }

  @Test
  void anotherFileAtThePathTakesTheTensorsOfTheOneBeforeAway() throws Exception {
    file("a.safetensors", model().bytes());
    harness.run("import", "a.safetensors", "main:m/").ends(ExitCode.OK);
    Digest first = id(MODEL);
    file("a.safetensors", new SafetensorsBytes().with("b", "[2]", 5, 6).with("c", "[]", 7).bytes());

    harness
        .run("import", "a.safetensors", "main:m/")
        .ends(ExitCode.OK)
        .complains("removed 1 tensor");

    assertThat(harness.store.paths())
        .containsExactly(MODEL, MODEL + ".tensors/b", MODEL + ".tensors/c");
    assertThat(parents(MODEL + ".tensors/b"))
        .containsExactlyInAnyOrder(
            new ParentEdge(first, "safetensors.tensor", ""),
            new ParentEdge(id(MODEL), "safetensors.tensor", ""));
  }

  @Test
  void aFineTunedModelKnowsWhatItWasMadeFrom() throws Exception {
    file("a.safetensors", model().bytes());
    byte[] tuned =
        new SafetensorsBytes()
            .with("w/0", "[2,2]", 1, 2, 3, 5)
            .with("b", "[2]", 5, 6)
            .with("new", "[1]", 9)
            .bytes();
    file("t.safetensors", tuned);
    harness.run("import", "a.safetensors", "main:m/").ends(ExitCode.OK);

    harness
        .run("import", "t.safetensors", "main:m/", "--parent", "main:" + MODEL)
        .ends(ExitCode.OK);

    String child = "m/t.safetensors";
    ParentEdge file = new ParentEdge(id(child), "safetensors.tensor", "");
    assertThat(parents(child)).containsExactly(new ParentEdge(id(MODEL), "fine-tune", ""));
    assertThat(parents(child + ".tensors/w%2F0"))
        .containsExactly(new ParentEdge(id(MODEL + ".tensors/w%2F0"), "fine-tune", ""), file);
    assertThat(id(child + ".tensors/b")).isEqualTo(id(MODEL + ".tensors/b"));
    assertThat(parents(child + ".tensors/b"))
        .containsExactly(new ParentEdge(id(MODEL), "safetensors.tensor", ""), file);
    assertThat(parents(child + ".tensors/new")).containsExactly(file);
  }

  @Test
  void aParentThatIsNotThereIsAnError() throws Exception {
    file("a.safetensors", model().bytes());

    harness
        .run("import", "a.safetensors", "main:m/", "--parent", "main:none")
        .ends(ExitCode.NOT_FOUND)
        .complains("no earlier version");
    assertThat(harness.store.paths()).isEmpty();
  }

  @Test
  void aFileThatIsNotAsItsFormatDemandsIsRefused() throws Exception {
    byte[] whole = model().bytes();
    file("cut.safetensors", Arrays.copyOf(whole, whole.length - 1));
    file("text.txt", "0123456789 no tensors".getBytes(StandardCharsets.UTF_8));

    harness
        .run("import", "cut.safetensors", "main:m/")
        .ends(ExitCode.USAGE)
        .complains("cannot be imported");
    harness.run("import", "text.txt", "main:m/").ends(ExitCode.USAGE).complains("aifs put");
    harness.run("import", "missing", "main:m/").ends(ExitCode.NOT_FOUND);
    assertThat(harness.store.paths()).isEmpty();
  }

  @Test
  void anNpyFileIsATensor() throws Exception {
    ByteArrayOutputStream npy = new ByteArrayOutputStream();
    npy.writeBytes(NpyHeader.write(new TensorType(ElementType.INT16, List.of(2L))));
    npy.writeBytes(new byte[] {1, 0, 2, 0});
    file("x.npy", npy.toByteArray());

    harness.run("import", "x.npy", "main:x", "--meta", "k=v").ends(ExitCode.OK);

    assertThat(harness.store.detail("x").info().kind()).isEqualTo(AssetKind.TENSOR);
    assertThat(harness.store.detail("x").info().metadata()).isEqualTo(Map.of("k", "v"));
    assertThat(tensor("x").values().getShort(2)).isEqualTo((short) 2);
  }

  @Test
  void anNpyFileInFortranOrderIsTurned() throws Exception {
    byte[] values = {1, 4, 2, 5, 3, 6};
    String header = "{'descr': '|u1', 'fortran_order': True, 'shape': (2, 3), }";
    ByteArrayOutputStream npy = new ByteArrayOutputStream();
    npy.writeBytes(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0});
    npy.writeBytes(new byte[] {(byte) (header.length() + 1), 0});
    npy.writeBytes((header + "\n").getBytes(StandardCharsets.US_ASCII));
    npy.writeBytes(values);
    file("f.npy", npy.toByteArray());

    harness.run("import", "f.npy", "main:f").ends(ExitCode.OK);

    byte[] turned = new byte[6];
    tensor("f").values().get(turned);
    assertThat(turned).containsExactly(1, 2, 3, 4, 5, 6);
  }

  @Test
  void eachArrayOfAnNpzFileIsATensor() throws Exception {
    ByteArrayOutputStream npz = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(npz)) {
      for (int i = 0; i < 2; i++) {
        zip.putNextEntry(new ZipEntry("a" + i + ".npy"));
        zip.write(NpyHeader.write(new TensorType(ElementType.INT16, List.of(2L))));
        zip.write(new byte[] {1, 0, (byte) i, 0});
        zip.closeEntry();
      }
    }
    file("x.npz", npz.toByteArray());
    file("cut.npz", Arrays.copyOf(npz.toByteArray(), 200));

    harness.run("import", "x.npz", "main:").ends(ExitCode.OK).complains("2 tensors");
    harness.run("import", "cut.npz", "main:").ends(ExitCode.USAGE);

    assertThat(harness.store.paths()).containsExactly("x.npz.tensors/a0", "x.npz.tensors/a1");
    assertThat(tensor("x.npz.tensors/a1").values().getShort(2)).isEqualTo((short) 1);
    assertThat(tensor("x.npz.tensors/a1").name()).isEqualTo("a1");
  }

  @Test
  void aDirectoryIsAnArtifactAndComesOutAgain() throws Exception {
    Files.createDirectories(directory.resolve("run/sub"));
    file("run/a.txt", "A".getBytes(StandardCharsets.UTF_8));
    file("run/sub/b.bin", new byte[100_000]);

    harness.run("import", "run", "main:runs/r1").ends(ExitCode.OK);
    harness.run("export", "main:runs/r1", "out").ends(ExitCode.OK);
    harness.run("export", "main:runs/r1", "out.zip").ends(ExitCode.OK);

    assertThat(harness.store.detail("runs/r1").info().kind()).isEqualTo(AssetKind.ARTIFACT);
    assertThat(directory.resolve("out/a.txt")).hasContent("A");
    assertThat(directory.resolve("out/sub/b.bin")).hasBinaryContent(new byte[100_000]);
    assertThat(directory.resolve("out.zip")).hasBinaryContent(harness.store.bytes("runs/r1"));
  }
}
