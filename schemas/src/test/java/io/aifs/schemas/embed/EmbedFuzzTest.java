package io.aifs.schemas.embed;

import io.aifs.core.model.VectorMetric;
import io.aifs.crypto.testing.FuzzTarget;
import io.aifs.crypto.testing.Fuzzer;
import io.aifs.schemas.ByteSource;
import io.aifs.schemas.PayloadInvalidException;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Embed payloads, whose offsets may lead anywhere. */
class EmbedFuzzTest {
  @ParameterizedTest
  @MethodSource("targets")
  void readsOrRefusesAsItsContractSays(FuzzTarget<?> target) {
    Fuzzer.run(target);
  }

  static List<FuzzTarget<?>> targets() throws IOException {
    EmbedHeader header = new EmbedHeader("model", 2, VectorMetric.DOT_PRODUCT);
    List<float[]> vectors = List.of(new float[] {1, 2}, new float[] {3, 4}, new float[] {0, 0});
    byte[] plain = EmbedCodec.encode(new Embed(header, vectors));
    byte[] sourced = EmbedCodec.encode(new Embed(header, vectors, List.of("a", "", "ä")));
    byte[] foreign = EmbedTest.fixture("by-flatc.embed");
    return List.of(
        FuzzTarget.bytes(EmbedCodec.class, "decode", EmbedCodec::decode, plain, sourced, foreign)
            .refusesWith(PayloadInvalidException.class)
            .hasStableForm(EmbedCodec::encode),
        FuzzTarget.bytes(
                EmbedValidator.class, "validate", EmbedFuzzTest::validate, plain, sourced, foreign)
            .refusesWith(PayloadInvalidException.class));
  }

  private static int validate(byte[] input) throws PayloadInvalidException, IOException {
    EmbedValidator.validate(ByteSource.of(input));
    return input.length;
  }
}
