package io.aifs.server.grpc.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aifs.core.AifsException;
import io.aifs.core.Reason;
import io.aifs.core.model.Name;
import io.aifs.server.auth.Caller;
import io.aifs.server.auth.Permission;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NamespaceResolverTest {
  /** A call with these namespaces in its metadata and its token. */
  private static CallScope call(String metadata, String... allowed) {
    Optional<Set<Name>> namespaces =
        allowed.length == 0
            ? Optional.empty()
            : Optional.of(Arrays.stream(allowed).map(Name::new).collect(Collectors.toSet()));
    Caller caller = Caller.of("t", EnumSet.allOf(Permission.class), namespaces);
    return new CallScope(caller, "r", metadata.isEmpty() ? List.of() : List.of(metadata));
  }

  @ParameterizedTest(name = "field {0}, metadata {1}, token {2} -> {3}")
  @CsvSource({
    "'', '', '', default",
    "a, '', '', a",
    "'', a, '', a",
    "a, a, '', a",
    "'', '', a, a",
    "a, '', a, a",
    "'', a, a, a",
  })
  void theFirstSourceThatIsGivenCounts(String field, String metadata, String token, String name) {
    CallScope scope = token.isEmpty() ? call(metadata) : call(metadata, token);

    assertThat(NamespaceResolver.resolve(scope, field)).isEqualTo(new Name(name));
  }

  @Test
  void twoSourcesThatDifferAreRefused() {
    assertInvalid(call("b"), "a", Reason.NAMESPACE_AMBIGUOUS);
  }

  @Test
  void twoValuesInTheMetadataThatDifferAreRefused() {
    Caller caller = Caller.of("t", EnumSet.allOf(Permission.class), Optional.empty());

    assertInvalid(new CallScope(caller, "r", List.of("a", "b")), "", Reason.NAMESPACE_AMBIGUOUS);
  }

  @Test
  void aTokenThatAllowsSeveralNeedsOneToBeNamed() {
    assertThatThrownBy(() -> NamespaceResolver.resolve(call("", "a", "b"), ""))
        .isInstanceOfSatisfying(
            AifsException.InvalidRequest.class,
            e -> assertThat(e.reason()).isEqualTo(Reason.NAMESPACE_AMBIGUOUS))
        .hasMessageContaining("a")
        .hasMessageContaining("b");
  }

  @Test
  void aNamespaceThatTheTokenDoesNotAllowIsDenied() {
    assertThatThrownBy(() -> NamespaceResolver.resolve(call("", "a"), "b"))
        .isInstanceOf(AifsException.Denied.class);
    assertThatThrownBy(() -> NamespaceResolver.resolve(call("b", "a"), ""))
        .isInstanceOf(AifsException.Denied.class);
  }

  @ParameterizedTest
  @CsvSource({"No Such/Name", "snap", "0123456789abcdef0123456789abcdef"})
  void aNameThatNoNamespaceCanHaveIsRefused(String bad) {
    assertInvalid(call(bad), "", Reason.NAMESPACE_INVALID);
    assertInvalid(call(""), bad, Reason.NAMESPACE_INVALID);
  }

  private static void assertInvalid(CallScope scope, String field, Reason reason) {
    assertThatThrownBy(() -> NamespaceResolver.resolve(scope, field))
        .isInstanceOfSatisfying(
            AifsException.InvalidRequest.class,
            e -> {
              assertThat(e.reason()).isEqualTo(reason);
              assertThat(e.field()).isEqualTo("namespace");
            });
  }
}
