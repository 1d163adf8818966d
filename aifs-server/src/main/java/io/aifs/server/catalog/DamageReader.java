package io.aifs.server.catalog;

import io.aifs.server.model.DamagedRecord;
import io.aifs.server.model.PackId;
import java.util.List;

/** Which records of live packs are known not to read back, and which rows are missing. */
public interface DamageReader {
  /** The packs with damaged records, in order of id. */
  List<QuarantinedPack> packs();

  /** A pack's damaged records in order of position. */
  List<DamagedRecord> of(PackId pack);

  /**
   * Assets that lineage or a path names, but which are neither visible nor deleted, in order of
   * namespace and id; at most {@code limit}. Slow: looks at every edge and path.
   */
  List<LostAsset> lostAssets(int limit);
}
