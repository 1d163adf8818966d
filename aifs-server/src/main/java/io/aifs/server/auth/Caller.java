package io.aifs.server.auth;

import static java.util.Objects.requireNonNull;

import io.aifs.core.AifsException;
import io.aifs.core.Reason;
import io.aifs.core.model.Name;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Who makes a call, as far as its token says.
 *
 * @param tokenId names the token in logs and tombstones; never the token itself
 * @param permissions what it allows
 * @param namespaces the only ones it may touch; empty means any
 */
public record Caller(String tokenId, Set<Permission> permissions, Optional<Set<Name>> namespaces) {
  /** A call without a token on a server in dev mode. */
  public static final Caller DEV =
      new Caller("anonymous", EnumSet.allOf(Permission.class), Optional.empty());

  public Caller {
    requireNonNull(tokenId, "tokenId is null");
    permissions = Set.copyOf(permissions);
    namespaces = namespaces.map(Set::copyOf);
  }

  /**
   * Returns if any of these permissions is allowed.
   *
   * @throws AifsException.Denied otherwise
   */
  public void require(Set<Permission> anyOf) {
    if (anyOf.stream().noneMatch(permissions::contains)) {
      String words =
          anyOf.stream().map(Permission::word).sorted().collect(Collectors.joining(" or "));
      throw new AifsException.Denied(
          Reason.TOKEN_NOT_ALLOWED,
          "the token does not allow '" + words + "'",
          "use a token that allows it");
    }
  }

  /**
   * The namespace a call means: what it names, else the only one the token allows, else {@code
   * default}. The answer is the same whether the namespace exists or not.
   */
  public Name namespaceFor(Optional<Name> named) {
    if (named.isPresent()) {
      return requireAllowed(named.get());
    }
    if (namespaces.isEmpty()) {
      return Name.DEFAULT_NAMESPACE;
    }
    Set<Name> allowed = namespaces.get();
    if (allowed.size() != 1) {
      throw new AifsException.InvalidRequest(
          Reason.NAMESPACE_AMBIGUOUS,
          "namespace",
          "the token allows several namespaces: " + new TreeSet<>(allowed),
          "name one of them");
    }
    return allowed.iterator().next();
  }

  /** Whether the token lets its holder know of this namespace. */
  public boolean mayUse(Name namespace) {
    return namespaces.isEmpty() || namespaces.get().contains(namespace);
  }

  private Name requireAllowed(Name namespace) {
    if (!mayUse(namespace)) {
      throw new AifsException.Denied(
          Reason.TOKEN_NOT_ALLOWED,
          "the token does not allow namespace '" + namespace + "'",
          "use a token for that namespace");
    }
    return namespace;
  }
}
