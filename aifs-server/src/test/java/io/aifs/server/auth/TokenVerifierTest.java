package io.aifs.server.auth;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aifs.core.AifsException;
import io.aifs.core.Reason;
import io.aifs.core.model.AssetKind;
import io.aifs.core.model.Name;
import io.aifs.core.model.TreePath;
import io.aifs.crypto.Macaroon;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokenVerifierTest {
  private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
  private static final byte[] ROOT_KEY = new byte[32];
  private static final byte[] SECOND_KEY = "a second key of thirty-two bytes".getBytes(US_ASCII);

  private Instant now = NOW;
  private final InstantSource time = () -> now;
  private final TokenState state = TokenState.of(ROOT_KEY);
  private final TokenVerifier verifier = new TokenVerifier(state, time.withZone(ZoneOffset.UTC));
  private final Macaroon minted = Macaroon.mint(ROOT_KEY, "1.a0", "aifs:store", List.of());

  private static String attenuated(Macaroon from, String... caveats) {
    Macaroon macaroon = from;
    for (String caveat : caveats) {
      macaroon = macaroon.attenuate(caveat);
    }
    return macaroon.serialize();
  }

  private String attenuated(String... caveats) {
    return attenuated(minted, caveats);
  }

  private void assertRefused(String token, Reason reason) {
    assertRefused(token, Optional.empty(), reason);
  }

  private void assertRefused(String token, Optional<InetAddress> client, Reason reason) {
    assertThatThrownBy(() -> verifier.verify(token, client))
        .isInstanceOfSatisfying(
            AifsException.Denied.class, denied -> assertThat(denied.reason()).isEqualTo(reason));
  }

  @Test
  void aTokenWithoutCaveatsAllowsEverythingEverywhere() {
    Caller caller = verifier.verify(minted.serialize());

    assertThat(caller.permissions()).containsExactlyInAnyOrder(Permission.values());
    assertThat(caller.mayUse(new Name("any"))).isTrue();
    assertThat(caller.readsAll()).isTrue();
    assertThat(caller.family()).isEqualTo("a0");
    assertThat(caller.tokenId()).isEqualTo(minted.id());
    assertThat(caller.limits()).isEqualTo(CallLimits.NONE);
  }

  @Test
  void theFirstTokensNamedNoKeyAndAreOfTheFirst() {
    String old = Macaroon.mint(ROOT_KEY, "admin-1", "aifs:x", List.of()).serialize();

    assertThat(verifier.verify(old).family()).isEqualTo("admin-1");
    state.keys().set(Map.of(1, ROOT_KEY, 2, SECOND_KEY));
    assertThat(verifier.verify(old).family()).isEqualTo("admin-1");
    state.keys().set(Map.of(2, SECOND_KEY));
    assertRefused(old, Reason.TOKEN_REVOKED);
  }

  @Test
  void caveatsOnlyEverNarrow() {
    Caller caller =
        verifier.verify(
            attenuated(
                "methods = put,get", "methods = get,list", "namespace = a,b", "namespace = b"));

    assertThat(caller.permissions()).containsExactly(Permission.GET);
    assertThat(caller.namespaces()).contains(Set.of(new Name("b")));
    assertThat(caller.namespaceFor(Optional.empty())).isEqualTo(new Name("b"));
    assertThatThrownBy(() -> caller.namespaceFor(Optional.of(new Name("a"))))
        .isInstanceOf(AifsException.Denied.class);
    assertThatThrownBy(() -> caller.require(Set.of(Permission.PUT)))
        .isInstanceOf(AifsException.Denied.class);
  }

  @Test
  void restrictionsNarrowLikewise() {
    Restrictions restrictions =
        verifier
            .verify(
                attenuated(
                    "path = data",
                    "path = data/train",
                    "ref = main,v1",
                    "ref = v1",
                    "kind = tensor"))
            .restrictions();

    assertThat(restrictions.allowsPath(new TreePath("data/train/a"))).isTrue();
    assertThat(restrictions.allowsPath(new TreePath("data/a"))).isFalse();
    assertThat(restrictions.refs()).contains(Set.of("v1"));
    assertThat(restrictions.kinds()).contains(Set.of(AssetKind.TENSOR));
  }

  @Test
  void severalNamespacesMustBeChosenFrom() {
    Caller caller = verifier.verify(attenuated("namespace = a,b"));
    assertThatThrownBy(() -> caller.namespaceFor(Optional.empty()))
        .isInstanceOf(AifsException.InvalidRequest.class)
        .hasMessageContaining("[a, b]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "unknown = x",
        "expires",
        "expires = soon",
        "expires=2030-01-01T00:00:00Z",
        "methods = ",
        "methods = put,fly",
        "namespace = ",
        "namespace = Not A Name",
        "not-before = later",
        "ref = ",
        "ref = snap:zz",
        "asset = abc",
        "kind = blobs",
        "max-bytes = 0",
        "max-bytes = -1",
        "max-bytes = 10 MiB",
        "rate = 5",
        "rate = 5/d",
        "rate = 0/s",
        "client = localhost",
        "client = 10.0.0.0/33",
        "client = "
      })
  void aCaveatThatIsNotUnderstoodRefuses(String caveat) {
    assertRefused(attenuated(caveat), Reason.TOKEN_INVALID);
  }

  @Test
  void anotherStoresTokenIsRefused() {
    String foreign = Macaroon.mint(SECOND_KEY, "1.a0", "aifs:x", List.of()).serialize();
    assertRefused(foreign, Reason.TOKEN_INVALID);
    String unknownKey = Macaroon.mint(ROOT_KEY, "2.a0", "aifs:x", List.of()).serialize();
    assertRefused(unknownKey, Reason.TOKEN_INVALID);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "not a token", "AAAA", "AgELYWRt"})
  void garbageIsRefused(String token) {
    assertRefused(token, Reason.TOKEN_INVALID);
  }

  @Test
  void theEarliestEndCountsAndTheRefusalSaysWhen() {
    String token = attenuated("expires = 2026-11-21T12:00:00Z", "expires = 2026-11-21T11:00:00Z");
    assertThat(verifier.verify(token, Optional.empty()).expiresAt())
        .contains(Instant.parse("2026-11-21T11:00:00Z"));

    now = NOW.plus(Duration.ofHours(1)).minusNanos(1);
    assertThat(verifier.verify(token).family()).isEqualTo("a0");
    now = NOW.plus(Duration.ofHours(1));
    assertThatThrownBy(() -> verifier.verify(token))
        .isInstanceOf(AifsException.Denied.class)
        .hasMessageContaining("2026-11-21T11:00:00Z");
    assertRefused(token, Reason.TOKEN_EXPIRED);
  }

  @Test
  void aTokenMayBeginLater() {
    String token =
        attenuated("not-before = 2026-11-21T10:30:00Z", "not-before = 2026-01-01T00:00:00Z");

    assertRefused(token, Reason.TOKEN_NOT_YET_VALID);
    now = Instant.parse("2026-11-21T10:30:00Z");
    assertThat(verifier.verify(token).family()).isEqualTo("a0");
  }

  @ParameterizedTest
  @CsvSource({
    "'10.0.0.0/8', 10.1.2.3, true",
    "'10.0.0.0/8', 11.1.2.3, false",
    "'10.0.0.0/8', '', false",
    "'local', '', true",
    "'local', 127.0.0.1, false",
    "'local,127.0.0.1', 127.0.0.1, true",
    "'fd00::/8', 'fd12::1', true",
    "'fd00::/8', 'fe80::1', false",
    "'10.1.2.3', 10.1.2.3, true",
    "'10.1.2.3', 10.1.2.4, false",
    "'0.0.0.0/0', 'fd12::1', false",
  })
  void aTokenMayBeForSomeAddressesOnly(String ranges, String from, boolean allowed)
      throws Exception {
    Optional<InetAddress> client =
        from.isEmpty() ? Optional.empty() : Optional.of(InetAddress.getByName(from));
    String token = attenuated("client = " + ranges);

    if (allowed) {
      assertThat(verifier.verify(token, client).caller().family()).isEqualTo("a0");
      assertRefused(
          attenuated("client = " + ranges, "client = 192.0.2.1"), client, Reason.TOKEN_NOT_ALLOWED);
    } else {
      assertRefused(token, client, Reason.TOKEN_NOT_ALLOWED);
    }
  }

  @Test
  void aRatesBucketIsThatOfTheTokenThatWasGivenIt() {
    Macaroon limited = minted.attenuate("rate = 5/m").attenuate("max-bytes = 100");
    CallLimits own = verifier.verify(limited.serialize()).limits();
    CallLimits narrowed =
        verifier
            .verify(attenuated(limited, "max-bytes = 50", "max-bytes = 70", "rate = 1/s"))
            .limits();

    assertThat(own.callBytesMax()).isEqualTo(OptionalLong.of(100));
    assertThat(own.rates())
        .containsExactly(
            new CallLimits.Rate(minted.attenuate("rate = 5/m").id(), 5, Duration.ofMinutes(1)));
    assertThat(narrowed.callBytesMax()).isEqualTo(OptionalLong.of(50));
    assertThat(narrowed.rates()).hasSize(2).startsWith(own.rates().getFirst());
    assertThat(narrowed.rates().getLast().per()).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void revokingOneOfAChainRefusesItAndItsDescendantsOnly() {
    Macaroon parent = minted.attenuate("namespace = a");
    Macaroon revoked = parent.attenuate("methods = get");
    Macaroon child = revoked.attenuate("path = x");
    Macaroon sibling = parent.attenuate("methods = put");
    for (Macaroon all : List.of(minted, parent, revoked, child, sibling)) {
      assertThat(verifier.verify(all.serialize()).tokenId()).isEqualTo(all.id());
    }

    state.revocations().addToken(revoked.id());

    assertRefused(revoked.serialize(), Reason.TOKEN_REVOKED);
    assertRefused(child.serialize(), Reason.TOKEN_REVOKED);
    assertRefused(attenuated(child, "kind = blob"), Reason.TOKEN_REVOKED);
    for (Macaroon all : List.of(minted, parent, sibling)) {
      assertThat(verifier.verify(all.serialize()).tokenId()).isEqualTo(all.id());
    }
  }

  @Test
  void revokingAFamilyRefusesAllOfIt() {
    String other = Macaroon.mint(ROOT_KEY, "1.b0", "aifs:x", List.of()).serialize();
    String narrowed = attenuated("namespace = a");
    assertThat(verifier.verify(narrowed).family()).isEqualTo("a0");

    state.revocations().addFamily("a0");

    assertRefused(minted.serialize(), Reason.TOKEN_REVOKED);
    assertRefused(narrowed, Reason.TOKEN_REVOKED);
    assertThat(verifier.verify(other).family()).isEqualTo("b0");
  }

  @Test
  void rotationLeavesOldTokensUntilTheirKeyIsRetired() {
    state.keys().set(Map.of(1, ROOT_KEY, 2, SECOND_KEY));
    String fresh = Macaroon.mint(SECOND_KEY, "2.b0", "aifs:x", List.of()).serialize();
    String old = minted.serialize();
    assertThat(verifier.verify(old).family()).isEqualTo("a0");
    assertThat(verifier.verify(fresh).family()).isEqualTo("b0");
    assertRefused(
        Macaroon.mint(SECOND_KEY, "1.b0", "aifs:x", List.of()).serialize(), Reason.TOKEN_INVALID);

    state.keys().set(Map.of(2, SECOND_KEY));
    assertRefused(old, Reason.TOKEN_REVOKED);
    assertThat(verifier.verify(fresh).family()).isEqualTo("b0");
  }

  @Test
  void onlyGoodCallsCountAsUse() {
    assertRefused(attenuated("client = 10.0.0.0/8"), Reason.TOKEN_NOT_ALLOWED);
    assertThat(state.use().last("a0")).isEmpty();

    assertThat(verifier.verify(minted.serialize()).family()).isEqualTo("a0");
    assertThat(state.use().last("a0")).contains(NOW);
    now = NOW.plusSeconds(5);
    assertThat(verifier.verify(attenuated("namespace = a")).family()).isEqualTo("a0");
    assertThat(state.use().all()).isEqualTo(Map.of("a0", NOW.plusSeconds(5)));
  }
}
