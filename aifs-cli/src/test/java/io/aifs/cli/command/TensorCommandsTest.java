package io.aifs.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.aifs.cli.testing.CommandHarness;
import io.aifs.cli.testing.CommandRun;
import io.aifs.cli.testing.SafetensorsBytes;
import io.aifs.core.ExitCode;
import io.aifs.schemas.ByteSource;
import io.aifs.schemas.layout.Layouts;
import io.aifs.schemas.layout.TensorEntry;
import io.aifs.schemas.layout.TensorLayout;
import io.aifs.schemas.numpy.NpyHeader;
import io.aifs.schemas.tensor.ElementType;
import io.aifs.schemas.tensor.SliceRange;
import io.aifs.schemas.tensor.Tensor;
import io.aifs.schemas.tensor.TensorCodec;
import io.aifs.schemas.tensor.TensorType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What stat, get, diff and export do with tensors. */
class TensorCommandsTest {
  @TempDir Path directory;
  private CommandHarness harness = new CommandHarness(Path.of(""));

  @BeforeEach
  void importTwoModels() throws IOException {
    harness = new CommandHarness(directory);
    Files.write(
        directory.resolve("a.safetensors"),
        new SafetensorsBytes()
            .with("w", "[3,2]", 1, 2, 3, 4, 5, 6)
            .with("b", "[2]", 0, -1)
            .with("old", "[1]", 1)
            .with("half", "BF16", "[2]", new byte[] {1, 2, 3, 4})
            .bytes());
    Files.write(
        directory.resolve("t.safetensors"),
        new SafetensorsBytes()
            .with("w", "[3,2]", 1, 2, 3.5f, 4, 5, 6)
            .with("b", "[2]", 0, -1)
            .with("new", "[1]", 1)
            .with("half", "[1]", 1)
            .bytes());
    harness.run("import", "a.safetensors", "main:").ends(ExitCode.OK);
    harness.run("import", "t.safetensors", "main:").ends(ExitCode.OK);
  }

  private byte[] written(String name) throws IOException {
    return Files.readAllBytes(directory.resolve(name));
  }

  private static List<Float> floats(byte[] bytes, int offset) {
    ByteBuffer values =
        ByteBuffer.wrap(bytes, offset, bytes.length - offset).order(ByteOrder.LITTLE_ENDIAN);
    Float[] floats = new Float[values.remaining() / Float.BYTES];
    Arrays.setAll(floats, _ -> values.getFloat());
    return List.of(floats);
  }

  @Test
  void statListsTheTensorsOfAFile() {
    CommandRun run = harness.run("stat", "main:a.safetensors").ends(ExitCode.OK);

    run.prints("format").prints("w  float32 [3, 2]  24 B").prints("half  bfloat16 [2]  4 B");
    assertThat(run.out()).doesNotContain("min ");
    JsonNode json = harness.run("stat", "main:a.safetensors", "-o", "json").json();
    assertThat(json.get("tensor_format").asText()).isEqualTo("safetensors");
    assertThat(json.get("tensors").size()).isEqualTo(4);
    assertThat(json.get("tensors").get(0).get("shape").toString()).isEqualTo("[3,2]");
  }

  @Test
  void statSaysWhatTheValuesOfATensorAreLike() {
    harness
        .run("stat", "main:a.safetensors.tensors/w")
        .ends(ExitCode.OK)
        .prints("min 1, max 6, mean 3.50000");
    JsonNode json =
        harness
            .run("stat", "main:t.safetensors", "--statistics", "-o", "json")
            .ends(ExitCode.OK)
            .json();
    assertThat(json.get("tensors").get(1).get("statistics").get("min").asDouble()).isEqualTo(-1);
  }

  @Test
  void statOfOtherFilesIsAsItWas() {
    harness.store.put("x.npy", "no array");
    harness.store.put("x.txt", "text");

    assertThat(harness.run("stat", "main:x.npy").ends(ExitCode.OK).out()).doesNotContain("tensor");
    assertThat(harness.run("stat", "main:x.txt").ends(ExitCode.OK).out()).doesNotContain("tensor");
    harness.run("stat", "main:x.txt", "--statistics").ends(ExitCode.CONFLICT);
  }

  @Test
  void aPartOfATensorIsAnNpyFile() throws Exception {
    harness
        .run("get", "main:a.safetensors", "part.npy", "--tensor", "w", "--slice", "1:,-1")
        .ends(ExitCode.OK)
        .complains("got w float32 [2]");

    byte[] npy = written("part.npy");
    NpyHeader header = NpyHeader.read(ByteSource.of(npy));
    assertThat(header.type()).isEqualTo(new TensorType(ElementType.FLOAT32, List.of(2L)));
    assertThat(floats(npy, header.bytes())).containsExactly(4f, 6f);
    assertThat(harness.store.slices)
        .containsExactly(List.of(new SliceRange(1, 3, true), new SliceRange(1, 2, false)));
    harness.run("get", "main:a.safetensors", "part.npy", "--tensor", "w").ends(ExitCode.CONFLICT);
  }

  @Test
  void aTensorIsAnArrowFileIfThatIsAsked() throws Exception {
    harness.run("get", "main:a.safetensors", "half.arrow", "--tensor", "half").ends(ExitCode.OK);
    harness
        .run("get", "main:a.safetensors.tensors/w", "w", "--slice", "0", "--format", "arrow")
        .ends(ExitCode.OK);

    Tensor half = TensorCodec.decode(ByteSource.of(written("half.arrow")));
    assertThat(half.type().element()).isEqualTo(ElementType.BFLOAT16);
    Tensor first = TensorCodec.decode(ByteSource.of(written("w")));
    assertThat(first.type().shape()).containsExactly(2L);
    assertThat(first.name()).isEqualTo("w");
  }

  @Test
  void whatIsNotInATensorIsRefused() {
    String file = "main:a.safetensors";
    harness.run("get", file, "x", "--tensor", "none").ends(ExitCode.NOT_FOUND);
    harness.run("get", file, "x", "--slice", "0").ends(ExitCode.USAGE).complains("4 tensors");
    harness
        .run("get", file, "x", "--tensor", "w", "--slice", "4")
        .ends(ExitCode.USAGE)
        .complains("float32 [3, 2]");
    harness.run("get", file, "x", "--tensor", "w", "--slice", "a").ends(ExitCode.USAGE);
    harness.run("get", file, "x", "--tensor", "half").ends(ExitCode.USAGE).complains("arrow");
    harness.run("get", file, "x", "--tensor", "w", "--format", "csv").ends(ExitCode.USAGE);
    harness.run("get", file, "x", "--tensor", "w", "--range", "1-").ends(ExitCode.USAGE);
    assertThat(directory.resolve("x")).doesNotExist();
  }

  @Test
  void diffSaysWhatBecameOfEachTensor() {
    CommandRun run =
        harness
            .run("diff", "--tensors", "main:a.safetensors", "main:t.safetensors")
            .ends(ExitCode.OK);

    assertThat(run.out().lines())
        .containsExactly(
            "=  b",
            "T  half  bfloat16 [2] -> float32 [1]",
            "A  new  float32 [1]",
            "D  old  float32 [1]",
            "M  w  max 0.500000, mean 0.0833333, norm 0.500000, 1 value",
            "1 equal, 1 changed, 1 added, 1 removed, 1 of another type");
  }

  @Test
  void diffIsForProgramsToo() {
    String[] line = {
      "diff", "--tensors", "--names-only", "main:a.safetensors", "main:t.safetensors"
    };
    assertThat(harness.run(line).out()).contains("M  w\n");
    JsonNode json =
        harness
            .run(
                "diff",
                "--tensors",
                "main:a.safetensors",
                "main:t.safetensors",
                "-o",
                "json",
                "--exit-code")
            .ends(ExitCode.FAILED)
            .json();
    assertThat(json.get("tensors").get(4).get("change").asText()).isEqualTo("changed");
    assertThat(json.get("tensors").get(4).get("max_abs").asDouble()).isEqualTo(0.5);
    assertThat(json.get("equal").asInt()).isEqualTo(1);
    harness
        .run("diff", "--tensors", "main:a.safetensors", "main:a.safetensors", "--exit-code")
        .ends(ExitCode.OK);
  }

  @Test
  void diffComparesDirectoriesOfTensorsFileByFile() {
    CommandRun run =
        harness
            .run("diff", "--tensors", "main:a.safetensors.tensors/", "main:t.safetensors.tensors/")
            .ends(ExitCode.OK);

    assertThat(run.out().lines())
        .containsExactly(
            "=  b",
            "T  half  bfloat16 [2] -> float32 [1]",
            "A  new  float32 [1]",
            "D  old  float32 [1]",
            "M  w  max 0.500000, mean 0.0833333, norm 0.500000, 1 value",
            "1 equal, 1 changed, 1 added, 1 removed, 1 of another type");
  }

  @Test
  void diffOfTensorsIsOfTwoFiles() {
    harness.run("diff", "--tensors", "main:a.safetensors", "main:").ends(ExitCode.USAGE);
    harness.run("diff", "--names-only", "main").ends(ExitCode.USAGE);
    harness
        .run("diff", "--tensors", "--stat", "main:a.safetensors", "main:t.safetensors")
        .ends(ExitCode.USAGE);
  }

  @Test
  void aFileComesOutByteForByte() throws IOException {
    harness.run("export", "main:a.safetensors", "out.safetensors").ends(ExitCode.OK);
    harness.run("export", "main:a.safetensors.tensors/w", "w.arrow").ends(ExitCode.OK);

    assertThat(directory.resolve("out.safetensors")).hasBinaryContent(written("a.safetensors"));
    assertThat(directory.resolve("w.arrow"))
        .hasBinaryContent(harness.store.bytes("a.safetensors.tensors/w"));
    harness.run("export", "main:a.safetensors", "out.safetensors").ends(ExitCode.CONFLICT);
    harness.run("export", "main:a.safetensors", "out.safetensors", "--force").ends(ExitCode.OK);
  }

  @Test
  void aTensorIsWrittenForNumpy() throws Exception {
    harness.run("export", "main:a.safetensors.tensors/w", "w.npy").ends(ExitCode.OK);

    byte[] npy = written("w.npy");
    NpyHeader header = NpyHeader.read(ByteSource.of(npy));
    assertThat(header.type().shape()).containsExactly(3L, 2L);
    assertThat(floats(npy, header.bytes())).containsExactly(1f, 2f, 3f, 4f, 5f, 6f);
    harness
        .run("export", "main:a.safetensors.tensors/half", "h.npy")
        .ends(ExitCode.USAGE)
        .complains("BFLOAT16");
    harness
        .run("export", "main:a.safetensors", "h.npy", "--format", "npy")
        .ends(ExitCode.USAGE)
        .complains("4 tensors");
    assertThat(directory.resolve("h.npy")).doesNotExist();
  }

  @Test
  void tensorsBecomeOneSafetensorsFile() throws Exception {
    harness.run("export", "main:a.safetensors.tensors/", "all.safetensors").ends(ExitCode.OK);
    harness
        .run(
            "export",
            "main:a.safetensors.tensors/w",
            "main:t.safetensors.tensors/b",
            "two.safetensors")
        .ends(ExitCode.OK);

    TensorLayout all = layout("all.safetensors");
    assertThat(all.tensors()).map(TensorEntry::name).contains("w", "b", "old", "half");
    TensorEntry w = all.find("w").orElseThrow();
    assertThat(floats(written("all.safetensors"), (int) w.offset()).subList(0, 6))
        .containsExactly(1f, 2f, 3f, 4f, 5f, 6f);
    assertThat(layout("two.safetensors").tensors()).map(TensorEntry::name).contains("w", "b");
    harness
        .run(
            "export",
            "main:a.safetensors.tensors/w",
            "main:t.safetensors.tensors/w",
            "twice.safetensors")
        .ends(ExitCode.USAGE)
        .complains("two tensors are named 'w'");
    harness.run("export", "main:a.safetensors.tensors/", "all.npy").ends(ExitCode.USAGE);
    assertThat(directory.resolve("twice.safetensors")).doesNotExist();
  }

  private TensorLayout layout(String name) throws Exception {
    return Layouts.read(ByteSource.of(written(name))).orElseThrow();
  }
}
