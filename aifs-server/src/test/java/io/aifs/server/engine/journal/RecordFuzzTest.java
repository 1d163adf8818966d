package io.aifs.server.engine.journal;

import io.aifs.crypto.testing.FuzzTarget;
import io.aifs.crypto.testing.Fuzzer;
import io.aifs.server.catalog.PendingTransaction;
import io.aifs.server.catalog.journal.JournalMalformedException;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Records of the journal as they stand in packs. */
class RecordFuzzTest {
  @ParameterizedTest
  @MethodSource("targets")
  void readsOrRefusesAsItsContractSays(FuzzTarget<?> target) {
    Fuzzer.run(target);
  }

  static List<FuzzTarget<?>> targets() {
    byte[] two =
        RecordBodies.ofTransactions(
                List.of(
                    new PendingTransaction(7, new byte[] {1, 2, 3}),
                    new PendingTransaction(8, new byte[0])))
            .getFirst();
    return List.of(
        FuzzTarget.bytes(
                RecordHead.class, "read", bytes -> RecordHead.read(ByteBuffer.wrap(bytes)), two)
            .refusesWith(JournalMalformedException.class),
        FuzzTarget.bytes(RecordBodies.class, "transactions", RecordFuzzTest::transactions, two)
            .refusesWith(JournalMalformedException.class));
  }

  private static List<PendingTransaction> transactions(byte[] record)
      throws JournalMalformedException {
    ByteBuffer in = ByteBuffer.wrap(record);
    RecordHead head = RecordHead.read(in);
    byte[] body = new byte[in.remaining()];
    in.get(body);
    return RecordBodies.transactions(head, body);
  }
}
