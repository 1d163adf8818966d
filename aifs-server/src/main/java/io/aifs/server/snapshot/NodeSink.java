package io.aifs.server.snapshot;

import io.aifs.crypto.Digest;
import java.io.IOException;

/** Takes the nodes of a tree that is being written, children before parents. Not thread-safe. */
public interface NodeSink {
  /**
   * @param id digest of {@code node}, whose bytes nobody changes any more
   */
  void put(Digest id, byte[] node) throws IOException;
}
