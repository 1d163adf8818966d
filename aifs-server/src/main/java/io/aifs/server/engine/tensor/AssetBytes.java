package io.aifs.server.engine.tensor;

import io.aifs.schemas.ByteSource;
import io.aifs.server.engine.ContentReader;
import java.io.IOException;
import java.nio.ByteBuffer;

/** An asset's content, read where it is asked for. Thread-safe. */
record AssetBytes(ContentReader content) implements ByteSource {
  @Override
  public long size() {
    return content.info().size();
  }

  @Override
  public byte[] read(long offset, int length) throws IOException {
    ByteSource.requireInside(this, offset, length);
    ByteBuffer read = ByteBuffer.allocate(length);
    content.read(offset, length, read::put);
    return read.array();
  }
}
