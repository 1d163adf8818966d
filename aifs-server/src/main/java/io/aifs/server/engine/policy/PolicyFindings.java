package io.aifs.server.engine.policy;

import io.aifs.server.catalog.Catalog;
import io.aifs.server.catalog.PolicyRow;
import io.aifs.server.engine.Finding;
import java.util.Optional;
import java.util.function.Consumer;

/** Checks that every policy that counts can be used. Thread-safe. */
public final class PolicyFindings {
  private final Catalog catalog;

  public PolicyFindings(Catalog catalog) {
    this.catalog = catalog;
  }

  /** Looks at the newest version of each. */
  public void check(Consumer<Finding> findings) {
    for (long namespace : catalog.read(reader -> reader.policies().namespaces())) {
      Optional<PolicyRow> row =
          catalog.read(
              reader -> reader.policies().find(namespace, reader.policies().newest(namespace)));
      row.filter(policy -> !policy.removed())
          .ifPresent(policy -> check(namespace, policy, findings));
    }
  }

  private static void check(long namespace, PolicyRow row, Consumer<Finding> findings) {
    try {
      var _ = PolicyParser.parse(row.document());
    } catch (PolicyInvalidException e) {
      findings.accept(
          new Finding(
              Finding.Severity.WARNING,
              "policy-invalid",
              "version "
                  + row.version()
                  + " of the policy of namespace number "
                  + namespace
                  + " cannot be used, and every put there is refused: "
                  + e.getMessage(),
              "set a valid policy with 'aifs policy set', or an earlier one with 'aifs policy"
                  + " revert'"));
    }
  }
}
