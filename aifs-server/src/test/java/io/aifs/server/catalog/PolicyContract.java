package io.aifs.server.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Policies of namespaces: every version stays. */
public abstract class PolicyContract extends CatalogContract {
  private static PolicyRow row(long version, String document) {
    return new PolicyRow(version, document, NOON.plusSeconds(version), "ada", "größer");
  }

  private void add(long namespace, PolicyRow row) {
    change(writer -> writer.policies().add(namespace, row));
  }

  private long newest(long namespace) {
    return catalog.read(reader -> reader.policies().newest(namespace));
  }

  private List<PolicyRow> versions(Optional<Long> before, int limit) {
    return catalog.read(reader -> reader.policies().versions(space, before, limit));
  }

  @Test
  void namespaceHasNoPolicyUntilOneIsSet() {
    assertThat(newest(space)).isZero();
    assertThat(versions(Optional.empty(), 10)).isEmpty();
    assertThat(catalog.<Optional<PolicyRow>>read(reader -> reader.policies().find(space, 1)))
        .isEmpty();
  }

  @Test
  void everyVersionStays() {
    PolicyRow first = row(1, "{\"version\":1,\"größe\":\"☃\"}");
    PolicyRow removed = row(2, "");
    PolicyRow third = row(3, "x".repeat(70_000));
    List.of(first, removed, third).forEach(row -> add(space, row));
    reopen();

    assertThat(newest(space)).isEqualTo(3);
    assertThat(catalog.<Optional<PolicyRow>>read(reader -> reader.policies().find(space, 1)))
        .contains(first);
    assertThat(versions(Optional.empty(), 2)).containsExactly(third, removed);
    assertThat(versions(Optional.of(2L), 2)).containsExactly(first);
    assertThat(removed.removed()).isTrue();
    assertThat(first.removed()).isFalse();
  }

  @Test
  void namespacesDoNotShareVersions() {
    long other = createNamespace("other");
    add(space, row(1, "{}"));

    assertThat(newest(other)).isZero();
    add(other, row(7, "{}"));
    assertThat(newest(space)).isEqualTo(1);
    assertThat(newest(other)).isEqualTo(7);
  }

  @Test
  void versionThatIsNotHigherIsRefusedAndLeavesNothing() {
    add(space, row(2, "{}"));

    assertThatThrownBy(() -> add(space, row(2, "[]"))).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> add(space, row(1, "[]"))).isInstanceOf(IllegalStateException.class);
    assertThat(versions(Optional.empty(), 10)).containsExactly(row(2, "{}"));
  }
}
