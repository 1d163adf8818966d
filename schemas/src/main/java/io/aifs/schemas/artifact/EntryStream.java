package io.aifs.schemas.artifact;

import io.aifs.schemas.PayloadInvalidException;
import java.io.IOException;
import java.io.InputStream;

/** An entry's content as a stream; what is wrong with it is the cause of what this throws. */
final class EntryStream extends InputStream {
  private final CheckedContent content;

  EntryStream(CheckedContent content) {
    this.content = content;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    try {
      return content.read(into, offset, length);
    } catch (PayloadInvalidException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    content.close();
  }
}
