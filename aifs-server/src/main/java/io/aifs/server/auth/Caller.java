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
 * @param family names the token that was minted, in tombstones and for what its holder owns; tokens
 *     attenuated from it share it
 * @param tokenId names exactly this token, in the audit log; nobody can use it as one
 * @param permissions what it allows
 * @param namespaces the only ones it may touch; empty means any
 * @param restrictions to what of them
 * @param limits how much it may be used
 */
public record Caller(
    String family,
    String tokenId,
    Set<Permission> permissions,
    Optional<Set<Name>> namespaces,
    Restrictions restrictions,
    CallLimits limits) {
  /** A call without a token on a server in dev mode. */
  public static final Caller DEV =
      of("anonymous", EnumSet.allOf(Permission.class), Optional.empty());

  private static final Set<Permission> LOOKING =
      EnumSet.complementOf(EnumSet.of(Permission.PUT, Permission.DELETE, Permission.SNAPSHOT));

  public Caller {
    requireNonNull(family, "family is null");
    requireNonNull(tokenId, "tokenId is null");
    permissions = Set.copyOf(permissions);
    namespaces = namespaces.map(Set::copyOf);
  }

  /** One without restrictions and limits, whose token is the one that was minted. */
  public static Caller of(
      String family, Set<Permission> permissions, Optional<Set<Name>> namespaces) {
    return new Caller(family, family, permissions, namespaces, Restrictions.NONE, CallLimits.NONE);
  }

  /**
   * Whether it may read all of its namespaces. Who may not is told nothing from which it could
   * learn what content there is.
   */
  public boolean readsAll() {
    return permissions.contains(Permission.GET) && restrictions.isNone();
  }

  /**
   * Whether it may look at anything at all. Who may not, because it only puts or deletes, is not
   * even told how much changes: from that it could learn whether what it put was there.
   */
  public boolean looks() {
    return LOOKING.stream().anyMatch(permissions::contains);
  }

  /**
   * Returns if all of these permissions are allowed.
   *
   * @throws AifsException.Denied otherwise
   */
  public void requireAll(Set<Permission> all) {
    all.forEach(one -> require(Set.of(one)));
  }

  /**
   * Returns if the token is for the whole store.
   *
   * @throws AifsException.Denied if it names namespaces
   */
  public void requireWholeStore() {
    if (namespaces.isPresent()) {
      throw new AifsException.Denied(
          Reason.TOKEN_NOT_ALLOWED,
          "the call is about the whole store, and the token is for some namespaces",
          "use a token that names no namespaces");
    }
  }

  /**
   * Returns if the token is for all of its namespaces.
   *
   * @throws AifsException.Denied if it is restricted to paths, refs, kinds or assets
   */
  public void requireUnrestricted() {
    if (!restrictions.isNone()) {
      throw new AifsException.Denied(
          Reason.TOKEN_NOT_ALLOWED,
          "the token is restricted to paths, refs, kinds or assets, and the call is not",
          "name what you mean by ref and path, or use a token without these restrictions");
    }
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
