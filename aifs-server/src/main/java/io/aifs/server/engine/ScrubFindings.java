package io.aifs.server.engine;

import io.aifs.core.AifsException;
import io.aifs.crypto.Digest;
import io.aifs.server.catalog.NamespaceRow;
import io.aifs.server.engine.jobs.Cancellation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The damaged assets that a scrub knows of. Not thread-safe: a job has one turn at a time. */
final class ScrubFindings {
  private static final System.Logger LOG = System.getLogger(ScrubFindings.class.getName());

  /** More are counted when they are met, and met again in the next round. */
  private static final int KEPT_MAX = 1_000;

  private record Where(NamespaceRow namespace, Digest asset) {}

  private final AssetVerifier verifier;
  private final Map<Where, String> damaged = new LinkedHashMap<>();

  ScrubFindings(AssetVerifier verifier) {
    this.verifier = verifier;
  }

  /** Reads an asset back, and remembers whether it is damaged. */
  void look(NamespaceRow namespace, Digest asset, Cancellation cancellation) {
    cancellation.check();
    Where where = new Where(namespace, asset);
    try {
      AssetVerifier.Verdict verdict = verifier.verify(namespace, asset, cancellation::check);
      if (verdict.valid()) {
        damaged.remove(where);
      } else if (damaged.size() < KEPT_MAX && damaged.put(where, verdict.message()) == null) {
        LOG.log(
            System.Logger.Level.ERROR,
            "asset " + asset + " of '" + namespace.name() + "' is damaged: " + verdict.message());
      }
    } catch (AifsException.NotFound _) {
      damaged.remove(where); // deleted meanwhile
    }
  }

  /** Reads what was damaged once more: it may have been repaired or deleted. */
  void lookAgain(Cancellation cancellation) {
    for (Where where : List.copyOf(damaged.keySet())) {
      look(where.namespace(), where.asset(), cancellation);
    }
  }

  int count() {
    return damaged.size();
  }

  String sentence() {
    Map.Entry<Where, String> first = damaged.entrySet().iterator().next();
    return damaged.size()
        + (damaged.size() == 1 ? " asset is" : " assets are")
        + " damaged, among them "
        + first.getKey().asset()
        + " of namespace '"
        + first.getKey().namespace().name()
        + "': "
        + first.getValue();
  }
}
