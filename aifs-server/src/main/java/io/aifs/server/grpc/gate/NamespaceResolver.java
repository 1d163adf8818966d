package io.aifs.server.grpc.gate;

import io.aifs.core.AifsException;
import io.aifs.core.Reason;
import io.aifs.core.model.Name;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Which namespace a call means: the message's field, else the metadata key {@code aifs-namespace},
 * else what the token says, else {@code default}. Empty never means "all".
 */
public final class NamespaceResolver {
  private static final String FIELD = "namespace";

  private NamespaceResolver() {}

  /**
   * Resolves for one call.
   *
   * @param field the message's field; empty when it names none
   * @throws AifsException.InvalidRequest if a name is malformed, or two that were given differ, or
   *     none was given and the token allows several
   * @throws AifsException.Denied if the token does not allow it, whether it exists or not
   */
  public static Name resolve(CallScope scope, String field) {
    List<String> given = new ArrayList<>(scope.namespaces());
    given.add(field);
    given.removeIf(String::isEmpty);
    TreeSet<String> distinct = new TreeSet<>(given);
    if (distinct.size() > 1) {
      throw new AifsException.InvalidRequest(
          Reason.NAMESPACE_AMBIGUOUS,
          FIELD,
          "the call names several namespaces: " + distinct,
          "name one, in the message or in the metadata key aifs-namespace");
    }
    Optional<Name> named = distinct.stream().findFirst().map(NamespaceResolver::parse);
    named.ifPresent(CallNotes.current()::namespace);
    Name resolved = scope.caller().namespaceFor(named);
    CallNotes.current().namespace(resolved);
    return resolved;
  }

  private static Name parse(String value) {
    try {
      return new Name(value);
    } catch (IllegalArgumentException e) {
      throw new AifsException.InvalidRequest(
          Reason.NAMESPACE_INVALID,
          FIELD,
          "no namespace can have this name: " + Optional.ofNullable(e.getMessage()).orElse(""),
          "use the name of a namespace; 'aifs namespace list' shows them");
    }
  }
}
