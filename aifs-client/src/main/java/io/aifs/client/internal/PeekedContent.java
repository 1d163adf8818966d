package io.aifs.client.internal;

import io.aifs.client.Content;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.io.SequenceInputStream;
import java.util.Optional;

/**
 * Content of which the first bytes have been read, to see how much there is. For one thread; close
 * it when it has not been opened since.
 */
final class PeekedContent implements Content, AutoCloseable {
  private final Content content;
  private final byte[] head;

  /** The stream behind the head, until it is handed out. */
  private Optional<InputStream> rest;

  private PeekedContent(Content content, byte[] head, Optional<InputStream> rest) {
    this.content = content;
    this.head = head;
    this.rest = rest;
  }

  /** Opens {@code content} and reads up to {@code bytes} of it. */
  static PeekedContent of(Content content, int bytes) throws IOException {
    InputStream in = content.open();
    boolean read = false;
    try {
      byte[] head = in.readNBytes(bytes);
      int next = in.read();
      read = true;
      if (next >= 0) {
        PushbackInputStream rest = new PushbackInputStream(in);
        rest.unread(next);
        return new PeekedContent(content, head, Optional.of(rest));
      }
      in.close();
      return new PeekedContent(Content.of(head), head, Optional.empty());
    } finally {
      if (!read) {
        in.close();
      }
    }
  }

  /** Whether there are no more bytes than were asked for. */
  boolean isSmall() {
    return rest.isEmpty();
  }

  @Override
  public InputStream open() throws IOException {
    if (rest.isEmpty()) {
      return content.open();
    }
    InputStream behind = rest.get();
    rest = Optional.empty();
    return new SequenceInputStream(new ByteArrayInputStream(head), behind);
  }

  @Override
  public boolean repeatable() {
    return content.repeatable();
  }

  @Override
  public void close() throws IOException {
    if (rest.isPresent()) {
      rest.get().close();
    }
  }
}
