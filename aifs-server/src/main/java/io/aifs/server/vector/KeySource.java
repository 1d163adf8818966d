package io.aifs.server.vector;

import io.aifs.crypto.DomainId;
import io.aifs.crypto.DomainKeys;
import java.io.IOException;

/** Unwraps the keys of a domain. Thread-safe. */
@FunctionalInterface
public interface KeySource {
  /**
   * @throws io.aifs.core.AifsException if they are damaged, missing or destroyed
   */
  DomainKeys keys(DomainId domain) throws IOException;
}
