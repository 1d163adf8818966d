package io.aifs.server.pack;

class PackStoreContractTest extends RecordStoreContract {
  @Override
  RecordStore open() {
    return new TestPacks().open();
  }
}
