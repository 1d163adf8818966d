package io.aifs.schemas.tensor;

import io.aifs.crypto.testing.FuzzTarget;
import io.aifs.crypto.testing.Fuzzer;
import io.aifs.schemas.ByteSource;
import io.aifs.schemas.PayloadInvalidException;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Arrow files whose offsets and lengths lie, and metadata that are not quite JSON. */
class TensorFuzzTest {
  @ParameterizedTest
  @MethodSource("targets")
  void readsOrRefusesAsItsContractSays(FuzzTarget<?> target) {
    Fuzzer.run(target);
  }

  static List<FuzzTarget<?>> targets() throws Exception {
    var type = new TensorType(ElementType.FLOAT32, List.of(3L, 5L), List.of("a", "b"));
    var tensor = new Tensor("w", type, ByteBuffer.allocate(60));
    var small = new Tensor("", new TensorType(ElementType.BFLOAT16, List.of()), bytes(2));
    byte[] file = TensorSamples.file(tensor);
    byte[] rows = TensorSamples.fileOfRows(tensor, 5);
    byte[] stream = TensorSamples.stream(tensor);
    byte[] permuted =
        TensorCodecTest.replaced(file, "\"dim_names\":[\"a\",\"b\"]}", "\"permutation\":[1,0]}  ");
    byte[] batches = ArrowJavaTest.written(true, List.of(2, 0, 1), false);
    byte[] blocks = ArrowJavaTest.written(false, List.of(1, 1), false);
    byte[][] seeds = {file, rows, stream, permuted, batches, blocks, TensorSamples.file(small)};
    return List.of(
        FuzzTarget.bytes(
                TensorCodec.class,
                "decode",
                input -> TensorCodec.decode(ByteSource.of(input)),
                seeds)
            .refusesWith(PayloadInvalidException.class),
        FuzzTarget.bytes(
                TensorValidator.class,
                "validate",
                input -> {
                  TensorValidator.validate(ByteSource.of(input));
                  return true;
                },
                seeds)
            .refusesWith(PayloadInvalidException.class),
        FuzzTarget.bytes(
                TensorFile.class, "first", input -> TensorFile.first(ByteSource.of(input)), seeds)
            .refusesWith(PayloadInvalidException.class),
        FuzzTarget.text(
                ShapeMetadata.class,
                "parse",
                ShapeMetadata::parse,
                "{\"shape\":[2,3],\"dim_names\":[\"a\",\"b\"],\"permutation\":[1,0]}",
                "{\"shape\":[],\"permutation\":null,\"other\":{\"a\":[1.5]}}")
            .refusesWith(PayloadInvalidException.class)
            .hasStableText(ShapeMetadata::json));
  }

  private static ByteBuffer bytes(int length) {
    return ByteBuffer.allocate(length);
  }
}
