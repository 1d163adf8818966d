package io.aifs.server.pack;

/** The contract where nearly every record begins another pack. */
class SmallPackStoreContractTest extends RecordStoreContract {
  @Override
  RecordStore open() {
    return new TestPacks().open(new PackOptions(1_000, 2));
  }
}
