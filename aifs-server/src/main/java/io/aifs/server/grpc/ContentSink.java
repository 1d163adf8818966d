package io.aifs.server.grpc;

import com.google.protobuf.ByteOutput;
import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import io.aifs.server.engine.PutSession;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Hands the bytes of messages to an upload without copying them first. */
final class ContentSink extends ByteOutput {
  private final PutSession session;

  ContentSink(PutSession session) {
    this.session = session;
  }

  void accept(ByteString data) throws IOException {
    UnsafeByteOperations.unsafeWriteTo(data, this);
  }

  @Override
  public void write(byte value) {
    session.write(new byte[] {value}, 0, 1);
  }

  @Override
  public void write(byte[] value, int offset, int length) {
    session.write(value, offset, length);
  }

  @Override
  public void writeLazy(byte[] value, int offset, int length) {
    session.write(value, offset, length); // the session copies what it keeps
  }

  @Override
  public void write(ByteBuffer value) {
    byte[] bytes = new byte[value.remaining()];
    value.get(bytes);
    session.write(bytes, 0, bytes.length);
  }

  @Override
  public void writeLazy(ByteBuffer value) {
    write(value);
  }
}
