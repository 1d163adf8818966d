package io.aifs.core.manifest;

import java.io.IOException;

/** Takes manifest pages as they are finished, those below before those that name them. */
@FunctionalInterface
public interface PageSink {
  /**
   * @throws IOException if the page cannot be kept; building ends
   */
  void accept(Page page) throws IOException;
}
