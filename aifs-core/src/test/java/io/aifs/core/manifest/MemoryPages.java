package io.aifs.core.manifest;

import io.aifs.crypto.Digest;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Pages in memory, in the order they were written; counts what is read. */
final class MemoryPages implements PageSink, PageSource {
  final Map<Digest, byte[]> pages = new LinkedHashMap<>();
  int reads;

  @Override
  public void accept(Page page) {
    pages.put(page.digest(), page.bytes());
  }

  @Override
  public Optional<byte[]> page(Digest digest) {
    reads++;
    return Optional.ofNullable(pages.get(digest));
  }
}
