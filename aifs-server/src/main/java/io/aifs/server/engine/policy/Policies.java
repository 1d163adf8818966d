package io.aifs.server.engine.policy;

import io.aifs.core.AifsException;
import io.aifs.core.Reason;
import io.aifs.server.catalog.Catalog;
import io.aifs.server.catalog.CatalogReader;
import io.aifs.server.catalog.PolicyRow;
import io.aifs.server.catalog.journal.JournalOp;
import io.aifs.server.catalog.journal.PolicyOp;
import io.aifs.server.engine.AssetFacts;
import io.aifs.server.engine.AssetRules;
import io.aifs.server.engine.EmbeddingRule;
import io.aifs.server.engine.StorageQuota;
import io.aifs.server.engine.payload.PayloadMode;
import io.aifs.server.model.CallRates;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * The policies that count, each made ready once. A namespace without one costs a look-up of a
 * number for each write, and nothing before it. Thread-safe.
 */
public final class Policies implements AssetRules {
  private static final int SHOWN_MAX = 5;

  /** Version 0 demands nothing. */
  private record Known(long version, CompiledPolicy policy) {
    static final Known NONE = new Known(0, CompiledPolicy.NOTHING);
  }

  private final Map<Long, Known> known = new ConcurrentHashMap<>();

  /**
   * Knows what counts from the beginning, so that {@link #expected} needs no look-up.
   *
   * @param catalog whose every write is told to {@link #changed}
   */
  public static Policies of(Catalog catalog) {
    Policies policies = new Policies();
    for (long namespace : catalog.read(reader -> reader.policies().namespaces())) {
      catalog
          .read(reader -> reader.policies().find(namespace, reader.policies().newest(namespace)))
          .ifPresent(row -> policies.learn(namespace, row));
    }
    return policies;
  }

  private Policies() {}

  /** To be told what a write has changed, before it returns. */
  public void changed(List<JournalOp> ops) {
    for (JournalOp op : ops) {
      if (op instanceof PolicyOp.Add(long namespace, PolicyRow row)) {
        learn(namespace, row);
      }
    }
  }

  private void learn(long namespace, PolicyRow row) {
    try {
      known.merge(
          namespace,
          new Known(row.version(), compiled(namespace, row)),
          (old, made) -> old.version() > made.version() ? old : made);
    } catch (AifsException.Corrupt _) {
      known.remove(namespace); // whoever puts is told, by the write that looks it up
    }
  }

  private static CompiledPolicy compiled(long namespace, PolicyRow row) {
    if (row.removed()) {
      return CompiledPolicy.NOTHING;
    }
    try {
      return PolicyParser.parse(row.document());
    } catch (PolicyInvalidException e) {
      throw new AifsException.Corrupt(
          Reason.CATALOG_DAMAGED,
          "version "
              + row.version()
              + " of the policy of namespace number "
              + namespace
              + " cannot be used: "
              + e.getMessage(),
          "set a policy that is valid, or take it away: 'aifs policy set'");
    }
  }

  @Override
  public Rule now(CatalogReader reader, long namespace) {
    return rule(current(reader, namespace));
  }

  @Override
  public Rule expected(long namespace) {
    return rule(known.getOrDefault(namespace, Known.NONE));
  }

  private Known current(CatalogReader reader, long namespace) {
    long version = reader.policies().newest(namespace);
    if (version == 0) {
      return Known.NONE;
    }
    Known last = known.get(namespace);
    if (last != null && last.version() == version) {
      return last;
    }
    PolicyRow row = reader.policies().find(namespace, version).orElseThrow();
    // Not learned here: what this reader sees may not count yet.
    return new Known(version, compiled(namespace, row));
  }

  /** What the policy that counts says of what the namespace holds in all. */
  List<Violation> checkHeld(CatalogReader reader, long namespace) {
    return current(reader, namespace).policy().checkHeld(reader.assets().totals(namespace));
  }

  /** What the policy that counts says of an asset. */
  List<Violation> check(CatalogReader reader, long namespace, AssetFacts asset) {
    return current(reader, namespace).policy().check(asset);
  }

  /** What the policy that counts says of the content of an asset with this metadata. */
  Optional<Violation> checkMark(CatalogReader reader, long namespace, Map<String, String> stored) {
    return current(reader, namespace).policy().checkMark(stored);
  }

  /** How much a namespace may be called, when that was last learned. */
  CallRates rates(long namespace) {
    return known.getOrDefault(namespace, Known.NONE).policy().rates();
  }

  private static Rule rule(Known known) {
    return known.policy().equals(CompiledPolicy.NOTHING) ? Rule.NONE : new Demands(known);
  }

  /** What one version demands. */
  private record Demands(Known known) implements Rule {
    @Override
    public void require(AssetFacts asset, Supplier<String> subject) {
      List<Violation> found = known.policy().check(asset);
      if (!found.isEmpty()) {
        throw refusal(known.version(), subject.get(), found);
      }
    }

    @Override
    public EmbeddingRule embeddings() {
      return new OfEmbeddings(known);
    }

    @Override
    public Optional<PayloadMode> payload() {
      return known.policy().payload();
    }

    @Override
    public StorageQuota quota() {
      return known.policy().quota();
    }
  }

  /** What one version demands of embeddings. */
  private record OfEmbeddings(Known known) implements EmbeddingRule {
    @Override
    public void requireSpace(String space) {
      Optional<Violation> found = known.policy().embeddings().checkSpace(space);
      if (found.isPresent()) {
        throw refusal(known.version(), "", List.of(found.get()));
      }
    }

    @Override
    public Optional<String> heldBackBy(double norm) {
      return known.policy().embeddings().heldBackBy(norm);
    }
  }

  private static AifsException.Precondition refusal(
      long version, String subject, List<Violation> found) {
    String shown =
        found.stream().limit(SHOWN_MAX).map(Violation::toString).collect(Collectors.joining("; "));
    int more = found.size() - SHOWN_MAX;
    return new AifsException.Precondition(
        Reason.POLICY_VIOLATED,
        (subject.isEmpty() ? "" : "'" + subject + "': ")
            + "the namespace's policy (version "
            + version
            + ") does not allow it: "
            + shown
            + (more > 0 ? "; and " + more + " more" : ""),
        "'aifs policy show' prints the policy; set metadata with --meta KEY=VALUE",
        found.stream()
            .map(
                one ->
                    new AifsException.Precondition.Violation(
                        one.rule(), one.place(), one.message()))
            .toList());
  }
}
