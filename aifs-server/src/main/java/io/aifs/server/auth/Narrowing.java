package io.aifs.server.auth;

import io.aifs.core.model.AssetKind;
import io.aifs.core.model.Name;
import io.aifs.core.model.TreePath;
import io.aifs.crypto.Digest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** What is left of everything, one caveat after the other. For one thread. */
final class Narrowing {
  private final Set<Permission> permissions = EnumSet.allOf(Permission.class);
  private final List<Set<AddressRange>> clients = new ArrayList<>();
  private final List<CallLimits.Rate> rates = new ArrayList<>();
  private Optional<Set<Name>> namespaces = Optional.empty();
  private Restrictions restrictions = Restrictions.NONE;
  private Optional<Instant> expiresAt = Optional.empty();
  private Optional<Instant> notBefore = Optional.empty();
  private OptionalLong callBytesMax = OptionalLong.empty();

  /**
   * What a token means.
   *
   * @param lineage the ids of the tokens it descends from, and its own
   * @throws IllegalArgumentException if this server does not know what one of its caveats means
   */
  static VerifiedToken of(TokenName name, List<String> lineage, List<String> caveats) {
    Narrowing narrowing = new Narrowing();
    for (int at = 0; at < caveats.size(); at++) {
      narrowing.add(Caveat.parse(caveats.get(at)), lineage.get(at + 1));
    }
    return narrowing.token(name, lineage, caveats);
  }

  /**
   * @param id of the token that the caveat made
   */
  private void add(Caveat caveat, String id) {
    switch (caveat) {
      case Caveat.Expires(Instant at) ->
          expiresAt = Optional.of(expiresAt.filter(other -> other.isBefore(at)).orElse(at));
      case Caveat.NotBefore(Instant at) ->
          notBefore = Optional.of(notBefore.filter(other -> other.isAfter(at)).orElse(at));
      case Caveat.Methods(Set<Permission> allowed) -> permissions.retainAll(allowed);
      case Caveat.Namespaces(Set<Name> allowed) ->
          namespaces = Optional.of(Restrictions.both(namespaces, allowed));
      case Caveat.Below(TreePath path) -> restrictions = restrictions.below(path);
      case Caveat.Refs(Set<String> allowed) -> restrictions = restrictions.onlyRefs(allowed);
      case Caveat.Assets(Set<Digest> allowed) -> restrictions = restrictions.onlyAssets(allowed);
      case Caveat.Kinds(Set<AssetKind> allowed) -> restrictions = restrictions.onlyKinds(allowed);
      case Caveat.MaxBytes(long bytes) ->
          callBytesMax = OptionalLong.of(Math.min(bytes, callBytesMax.orElse(bytes)));
      case Caveat.Rate(long calls, Duration per) -> rates.add(new CallLimits.Rate(id, calls, per));
      case Caveat.Clients(Set<AddressRange> allowed) -> clients.add(allowed);
    }
  }

  private VerifiedToken token(TokenName name, List<String> lineage, List<String> caveats) {
    Caller caller =
        new Caller(
            name.family(),
            lineage.getLast(),
            permissions,
            namespaces,
            restrictions,
            new CallLimits(callBytesMax, rates));
    return new VerifiedToken(name, caller, lineage, caveats, expiresAt, notBefore, clients);
  }
}
