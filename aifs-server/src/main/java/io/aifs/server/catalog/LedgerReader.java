package io.aifs.server.catalog;

import io.aifs.crypto.DomainId;
import io.aifs.server.model.LivePack;
import java.util.List;
import java.util.Map;

/** Which packs are live, and copies of the wrapped key files. */
public interface LedgerReader {
  /** The live packs of a domain in order of id. */
  List<LivePack> packs(DomainId domain);

  /** The live packs of all domains in order of id. */
  List<LivePack> packs();

  /** Copies of key files by name below {@code keys/}: wrapped, as they are on disk. */
  Map<String, byte[]> keyFiles();
}
