package io.aifs.schemas.numpy;

import io.aifs.crypto.testing.FuzzTarget;
import io.aifs.crypto.testing.Fuzzer;
import io.aifs.schemas.PayloadInvalidException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Headers that are not quite Python, and ZIPs that are not quite whole. */
class NumpyFuzzTest {
  private static final long VALUES_BYTES_MAX = 1 << 20;

  @ParameterizedTest
  @MethodSource("targets")
  void readsOrRefusesAsItsContractSays(FuzzTarget<?> target) {
    Fuzzer.run(target);
  }

  static List<FuzzTarget<?>> targets() throws IOException {
    return List.of(
        FuzzTarget.bytes(
                NpyHeader.class,
                "read",
                input -> NpyHeader.read(new ByteArrayInputStream(input)),
                NpzReaderTest.resource("plain.npy"),
                NpzReaderTest.resource("fortran.npy"))
            .refusesWith(PayloadInvalidException.class),
        FuzzTarget.text(
                HeaderDictionary.class,
                "parse",
                HeaderDictionary::parse,
                "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }",
                "{\"shape\": (5L,), 'fortran_order': True, 'descr': '|b1'}")
            .refusesWith(PayloadInvalidException.class),
        FuzzTarget.bytes(
                NpzReader.class,
                "next",
                input -> NpzReaderTest.readAll(input, VALUES_BYTES_MAX),
                NpzReaderTest.resource("stored.npz"),
                NpzReaderTest.resource("deflated.npz"))
            .refusesWith(PayloadInvalidException.class));
  }
}
