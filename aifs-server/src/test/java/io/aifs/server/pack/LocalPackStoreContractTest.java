package io.aifs.server.pack;

import io.aifs.crypto.DomainId;
import io.aifs.server.file.LocalDisk;
import io.aifs.server.model.PackId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.io.TempDir;

/** The contract on a real file system. */
class LocalPackStoreContractTest extends RecordStoreContract {
  @TempDir Path directory;

  @Override
  RecordStore open() {
    AtomicInteger packs = new AtomicInteger();
    try {
      return PackStore.open(
          new LocalDisk(directory),
          DomainId.parse("00112233445566778899aabbccddeeff"),
          List.of(),
          new PackHeaderInfo(1, "test.1.00000000"),
          PackOptions.DEFAULT,
          () -> new PackId("%032x".formatted(packs.incrementAndGet())),
          Clock.systemUTC());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
