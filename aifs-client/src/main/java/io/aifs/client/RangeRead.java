package io.aifs.client;

import io.aifs.core.model.AssetInfo;
import io.aifs.crypto.RangeProof;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/**
 * A range that is being read. For one thread; any may close it.
 *
 * @param asset as the server describes it; only id and size are proven
 * @param proof of the whole range, good once {@code bytes} has been read to its end; empty if the
 *     server does not prove ranges, and then the bytes are only what the server says they are
 * @param bytes exactly the range; with a proof, none is given that was not verified against the id
 *     here
 */
public record RangeRead(AssetInfo asset, Optional<RangeProof> proof, InputStream bytes)
    implements AutoCloseable {
  @Override
  public void close() throws IOException {
    bytes.close();
  }
}
