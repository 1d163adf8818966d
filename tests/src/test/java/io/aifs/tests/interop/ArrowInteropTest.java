package io.aifs.tests.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.aifs.core.model.AssetKind;
import io.aifs.crypto.testing.SeededTest;
import io.aifs.schemas.ByteSource;
import io.aifs.schemas.Payloads;
import io.aifs.schemas.tensor.ElementType;
import io.aifs.schemas.tensor.Tensor;
import io.aifs.schemas.tensor.TensorCodec;
import io.aifs.schemas.tensor.TensorType;
import io.aifs.tests.harness.ExternalTool;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tensors written here and read by npm's apache-arrow, and the other way round. */
class ArrowInteropTest {
  private static final Path CLIENT = Path.of("conformance").toAbsolutePath();

  @TempDir Path temporary;

  /** What {@code arrow.mjs} says of a file. */
  private record Line(
      String file,
      String name,
      String metadata,
      long rows,
      long listSize,
      String type,
      String extension,
      String hex) {
    static Line parse(String line) {
      String[] fields = line.split("\t", -1);
      assertThat(fields).as(line).hasSize(8);
      return new Line(
          fields[0],
          fields[1],
          fields[2],
          Long.parseLong(fields[3]),
          Long.parseLong(fields[4]),
          fields[5],
          fields[6],
          fields[7]);
    }
  }

  @Test
  void apacheArrowReadsWhatIsWrittenHere() throws IOException {
    SplittableRandom random = new SplittableRandom(SeededTest.seed());
    List<Tensor> tensors = new ArrayList<>();
    List<String> paths = new ArrayList<>();
    for (ElementType element : ElementType.values()) {
      for (List<Long> shape : List.of(List.<Long>of(), List.of(7L), List.of(2L, 3L, 4L))) {
        TensorType type =
            new TensorType(element, shape, shape.stream().map(length -> "d" + length).toList());
        byte[] values = SeededTest.bytes(random, (int) type.bytes());
        tensors.add(new Tensor("w/" + tensors.size(), type, ByteBuffer.wrap(values)));
        Path path = temporary.resolve(tensors.size() + ".arrow");
        paths.add(path.toString());
        try (OutputStream out = Files.newOutputStream(path)) {
          TensorCodec.encode(tensors.getLast(), out);
        }
      }
    }

    List<Line> lines = arrow("read", paths);

    assertThat(lines).hasSameSizeAs(tensors);
    for (int i = 0; i < lines.size(); i++) {
      requireSame(lines.get(i), tensors.get(i));
    }
  }

  private static void requireSame(Line line, Tensor tensor) {
    TensorType type = tensor.type();
    assertThat(line.name()).isEqualTo(tensor.name());
    assertThat(line.rows()).isEqualTo(1);
    assertThat(line.listSize()).isEqualTo(type.elements());
    assertThat(line.metadata().replace(" ", ""))
        .contains("\"shape\":" + type.shape().toString().replace(" ", ""));
    for (String name : type.dimensionNames()) {
      assertThat(line.metadata()).contains('"' + name + '"');
    }
    String expected =
        switch (type.element()) {
          case BFLOAT16 -> "FixedSizeBinary[2] aifs.bfloat16";
          // Arrow has no type of its own for these.
          case BOOL, FLOAT8_E4M3, FLOAT8_E5M2 -> line.type() + " " + line.extension();
          case INT8, INT16, INT32, INT64, UINT8, UINT16, UINT32, UINT64 ->
              name(type.element()) + " ";
          case FLOAT16, FLOAT32, FLOAT64 -> name(type.element()) + " ";
        };
    assertThat(line.type() + " " + line.extension()).isEqualTo(expected);
    byte[] values = new byte[(int) type.bytes()];
    tensor.values().duplicate().get(values);
    assertThat(line.hex()).isEqualTo(HexFormat.of().formatHex(values));
  }

  private static String name(ElementType element) {
    return element.name().charAt(0) + element.name().substring(1).toLowerCase(Locale.ROOT);
  }

  @Test
  void whatApacheArrowWritesIsReadHere() throws Exception {
    List<Line> lines = arrow("write", List.of(temporary.toString()));

    assertThat(lines).hasSize(12 * 4 * 2);
    for (Line line : lines) {
      ByteSource source = ByteSource.of(Files.readAllBytes(temporary.resolve(line.file())));
      Payloads.validate(AssetKind.TENSOR, source);
      Tensor tensor = TensorCodec.decode(source);
      assertThat(tensor.name()).isEqualTo(line.name());
      String element = line.name().substring(0, line.name().indexOf('-'));
      assertThat(tensor.type().element().name()).isEqualToIgnoringCase(element);
      assertThat(tensor.type().elements()).isEqualTo(line.rows() * line.listSize());
      String shape = tensor.type().shape().toString().replace(" ", "");
      String rows = line.rows() == 1 ? "" : line.rows() + ",";
      assertThat(line.metadata())
          .as(line.toString())
          .contains("\"shape\":" + shape.replaceFirst("^\\[" + rows, "["));
      assertThat(shape).startsWith("[" + rows);
      byte[] values = new byte[tensor.values().remaining()];
      tensor.values().duplicate().get(values);
      assertThat(HexFormat.of().formatHex(values)).as(line.toString()).isEqualTo(line.hex());
    }
  }

  private static List<Line> arrow(String mode, List<String> paths) {
    if (!Files.isDirectory(CLIENT.resolve("node_modules").resolve("apache-arrow"))) {
      throw ExternalTool.missing("what 'npm ci' fetches for " + CLIENT);
    }
    List<String> command =
        new ArrayList<>(List.of(ExternalTool.require("node").toString(), "arrow.mjs", mode));
    command.addAll(paths);
    ExternalTool.Output output = ExternalTool.run(CLIENT, command);
    assertThat(output.exit()).as("exit of arrow.mjs, which said:%n%s", output.text()).isZero();
    return output.text().lines().map(Line::parse).toList();
  }
}
