package io.aifs.server.engine.policy;

import io.aifs.core.AifsException;
import io.aifs.core.Limits;
import io.aifs.core.Reason;
import io.aifs.core.model.Timestamps;
import io.aifs.crypto.Digest;
import io.aifs.server.catalog.AssetRow;
import io.aifs.server.catalog.Catalog;
import io.aifs.server.catalog.CatalogReader;
import io.aifs.server.catalog.CatalogWriter;
import io.aifs.server.catalog.EventRow;
import io.aifs.server.catalog.NamespaceRow;
import io.aifs.server.catalog.PolicyRow;
import io.aifs.server.engine.AssetFacts;
import io.aifs.server.engine.WriteRequest;
import io.aifs.server.model.CallRates;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Policies as callers see and set them. Every version is kept. Thread-safe. */
public final class PolicyService {
  /** The type of the event that tells of a new version. */
  static final String POLICY_SET = "policy.set";

  private final Catalog catalog;
  private final Policies policies;
  private final Clock clock;

  public PolicyService(Catalog catalog, Policies policies, Clock clock) {
    this.catalog = catalog;
    this.policies = policies;
    this.clock = clock;
  }

  /**
   * A new policy, or none.
   *
   * @param document empty takes the policy away
   * @param expected the version that counts now, 0 for none; empty replaces whatever counts
   * @param who the id of the token
   */
  public record Order(String document, OptionalLong expected, String who, String reason) {
    public Order {
      if (reason.getBytes(StandardCharsets.UTF_8).length > Limits.REASON_BYTES_MAX) {
        throw new AifsException.InvalidRequest(
            Reason.LIMIT_EXCEEDED,
            "reason",
            "the reason is over " + Limits.REASON_BYTES_MAX + " bytes",
            "shorten it");
      }
    }
  }

  /**
   * How much a namespace may be called; touches no disk.
   *
   * @param namespace its number
   */
  public CallRates rates(long namespace) {
    return policies.rates(namespace);
  }

  /** The version that counts; empty if none was ever set. */
  public Optional<PolicyRow> current(NamespaceRow namespace) {
    return catalog.read(reader -> current(reader, namespace));
  }

  private static Optional<PolicyRow> current(CatalogReader reader, NamespaceRow namespace) {
    return reader.policies().versions(namespace.number(), Optional.empty(), 1).stream().findFirst();
  }

  /**
   * One version.
   *
   * @throws AifsException.NotFound if there never was such a version
   */
  public PolicyRow version(NamespaceRow namespace, long version) {
    return catalog
        .read(reader -> reader.policies().find(namespace.number(), version))
        .orElseThrow(
            () ->
                new AifsException.NotFound(
                    Reason.POLICY_NOT_FOUND,
                    "the policy of namespace '" + namespace.name() + "' has no version " + version,
                    "'aifs policy history' lists the versions"));
  }

  /** Newest first, those below {@code before}. */
  public List<PolicyRow> versions(NamespaceRow namespace, Optional<Long> before, int limit) {
    return catalog.read(reader -> reader.policies().versions(namespace.number(), before, limit));
  }

  /**
   * Sets a policy. It counts for every put that becomes visible later; what is there stays. The
   * same document again changes nothing.
   *
   * @return the version that counts; empty if none was ever set, and none is now
   * @throws AifsException.InvalidRequest if it is no policy, naming the place
   * @throws AifsException.Conflict if another version counts than is expected
   */
  public Optional<PolicyRow> set(
      NamespaceRow namespace, Order order, Optional<WriteRequest> request) {
    if (!order.document().isEmpty()) {
      parse(order.document());
    }
    Instant now = clock.instant();
    return catalog.write(
        writer ->
            WriteRequest.once(
                request,
                writer,
                now,
                row -> row.map(PolicyRow::version).orElse(0L).toString(),
                version -> writer.policies().find(namespace.number(), Long.parseLong(version)),
                () -> set(writer, namespace, order, now)));
  }

  private static Optional<PolicyRow> set(
      CatalogWriter writer, NamespaceRow namespace, Order order, Instant now) {
    Optional<PolicyRow> stands = current(writer, namespace);
    requireExpected(stands, order);
    if (order.document().equals(stands.map(PolicyRow::document).orElse(""))) {
      return stands;
    }
    long version = stands.map(PolicyRow::version).orElse(0L) + 1;
    PolicyRow row = new PolicyRow(version, order.document(), now, order.who(), order.reason());
    writer.policies().add(namespace.number(), row);
    Map<String, String> details = new HashMap<>();
    details.put("version", Long.toString(version));
    details.put("who", order.who());
    if (row.removed()) {
      details.put("removed", "true");
    }
    if (!order.reason().isEmpty()) {
      details.put("reason", order.reason());
    }
    writer
        .events()
        .append(new EventRow(0, namespace.number(), POLICY_SET, now, List.of(), details));
    return Optional.of(row);
  }

  private static void requireExpected(Optional<PolicyRow> stands, Order order) {
    long version = stands.map(PolicyRow::version).orElse(0L);
    if (order.expected().isPresent() && order.expected().getAsLong() != version) {
      String by =
          stands
              .map(row -> ", set by '" + row.who() + "' at " + Timestamps.format(row.setAt()))
              .orElse("");
      throw new AifsException.Conflict(
          Reason.POLICY_CHANGED,
          "the policy is at version "
              + version
              + by
              + ", not at version "
              + order.expected().getAsLong(),
          "look at what counts now with 'aifs policy show', and try again");
    }
  }

  private static CompiledPolicy parse(String document) {
    try {
      return PolicyParser.parse(document);
    } catch (PolicyInvalidException e) {
      throw new AifsException.InvalidRequest(
          Reason.POLICY_INVALID,
          "policy",
          String.valueOf(e.getMessage()),
          "docs/format/policy.md says what a policy is; 'aifs policy check FILE' tries one");
    }
  }

  /**
   * What a policy says of an asset.
   *
   * @param document the policy to try; empty tries the one that counts
   */
  public List<Violation> check(
      NamespaceRow namespace, Optional<String> document, AssetFacts asset) {
    Optional<CompiledPolicy> given = document.map(PolicyService::given);
    return given
        .map(policy -> policy.check(asset))
        .orElseGet(() -> catalog.read(reader -> policies.check(reader, namespace.number(), asset)));
  }

  private static CompiledPolicy given(String document) {
    return document.isEmpty() ? CompiledPolicy.NOTHING : parse(document);
  }

  /** An asset that is there and would be refused. */
  public record Finding(Digest asset, Violation violation) {}

  /**
   * A page of a check.
   *
   * @param held what is wrong with the namespace as a whole; with the last page only
   * @param checked assets looked at
   * @param last the last of them; empty if there are no more
   */
  public record Page(
      List<Finding> findings, List<Violation> held, long checked, Optional<Digest> last) {
    public Page {
      findings = List.copyOf(findings);
      held = List.copyOf(held);
    }
  }

  /**
   * What a policy says of the assets that are there, in order of id. No content is read: one that
   * is not what its kind demands is named if it was put as such, and its metadata says so.
   *
   * @param document as for {@link #check}
   * @param limit how many to look at
   */
  public Page checkStored(
      NamespaceRow namespace, Optional<String> document, Optional<Digest> after, int limit) {
    Optional<CompiledPolicy> given = document.map(PolicyService::given);
    return catalog.read(
        reader -> {
          List<AssetRow> rows = reader.assets().listById(namespace.number(), after, limit);
          List<Finding> findings = new ArrayList<>();
          for (AssetRow row : rows) {
            AssetFacts facts =
                new AssetFacts(
                    row.kind(),
                    OptionalLong.of(row.size()),
                    row.metadata(),
                    reader.assets().parents(namespace.number(), row.id()).size());
            given
                .map(policy -> policy.check(facts))
                .orElseGet(() -> policies.check(reader, namespace.number(), facts))
                .forEach(violation -> findings.add(new Finding(row.id(), violation)));
            given
                .map(policy -> policy.checkMark(row.metadata()))
                .orElseGet(() -> policies.checkMark(reader, namespace.number(), row.metadata()))
                .ifPresent(violation -> findings.add(new Finding(row.id(), violation)));
          }
          boolean all = rows.size() < limit;
          return new Page(
              findings,
              all ? checkHeld(reader, namespace, given) : List.of(),
              rows.size(),
              all ? Optional.empty() : Optional.of(rows.getLast().id()));
        });
  }

  private List<Violation> checkHeld(
      CatalogReader reader, NamespaceRow namespace, Optional<CompiledPolicy> given) {
    return given
        .map(policy -> policy.checkHeld(reader.assets().totals(namespace.number())))
        .orElseGet(() -> policies.checkHeld(reader, namespace.number()));
  }
}
