package io.aifs.server.pack;

class MemoryRecordStoreTest extends RecordStoreContract {
  @Override
  RecordStore open() {
    return new MemoryRecordStore();
  }
}
