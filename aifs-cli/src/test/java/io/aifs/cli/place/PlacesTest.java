package io.aifs.cli.place;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aifs.cli.testing.MemoryStore;
import io.aifs.client.AifsClient;
import io.aifs.core.AifsException;
import io.aifs.core.model.Name;
import io.aifs.crypto.Digest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlacesTest {
  private final MemoryStore store = new MemoryStore();
  private final Places places = new Places(store.client().withNamespace(Name.DEFAULT_NAMESPACE));

  @ParameterizedTest
  @CsvSource({
    "a/b, aifs://default/main/a/b, false",
    "main:a/b, aifs://default/main/a/b, false",
    "main:a/, aifs://default/main/a, true",
    "main:, aifs://default/main/, true",
    "other:x, aifs://default/other/x, false",
    "aifs://ns/main/x, aifs://ns/main/x, false",
    "aifs://ns/main/, aifs://ns/main/, true",
    "./deadbeef, aifs://default/main/deadbeef, false",
    "./a:b, aifs://default/main/a:b, false",
  })
  void shortAndFullPathsMeanAPlace(String address, String full, boolean directory) {
    Place.OfPath place = places.findPath(address);
    assertThat(place).hasToString(full);
    assertThat(place.directory()).isEqualTo(directory);
  }

  @Test
  void idsAndTheirBeginningsMeanAnAsset() {
    Digest id = store.put("x", "content");
    assertThat(places.find(id.hex())).isEqualTo(new Place.OfAsset(Name.DEFAULT_NAMESPACE, id));
    assertThat(places.find("aifs://" + id)).isEqualTo(places.find(id.hex()));
    assertThat(places.find(id.hex().substring(0, 8))).isEqualTo(places.find(id.hex()));
    assertThatThrownBy(() -> places.find("00000000")).isInstanceOf(AifsException.NotFound.class);
    assertThatThrownBy(() -> places.findPath(id.hex()))
        .isInstanceOf(AifsException.InvalidRequest.class);
  }

  private static final String ID = "0123456789abcdef0123456789abcdef";

  @ParameterizedTest
  @CsvSource({
    "aifs-snap://0123456789abcdef0123456789abcdef, snap:0123456789abcdef0123456789abcdef/",
    "0123456789abcdef0123456789abcdef, snap:0123456789abcdef0123456789abcdef/",
    "snap:0123456789abcdef0123456789abcdef:x, snap:0123456789abcdef0123456789abcdef/x",
    "main~1:x, main~1/x",
    "main@{2026-01-01}:x, main@{2026-01-01T00:00:00Z}/x",
  })
  void earlierStatesAreReadAndNeverChanged(String address, String rest) {
    Place.OfPath place = places.findPath(address);
    assertThat(place).hasToString("aifs://default/" + rest);
    assertThatThrownBy(place::branch)
        .isInstanceOf(AifsException.InvalidRequest.class)
        .hasMessageContaining("never change");
  }

  @ParameterizedTest
  @CsvSource({
    "v1, aifs://default/v1/",
    "v1:, aifs://default/v1/",
    "v1:a/b, aifs://default/v1/a/b",
    "main~2:a, aifs://default/main~2/a",
    "main@{2026-01-01T10:00:00Z}, aifs://default/main@{2026-01-01T10:00:00Z}/",
    "snap:0123456789abcdef0123456789abcdef, aifs://default/snap:0123456789abcdef0123456789abcdef/",
    "0123456789abcdef0123456789abcdef, aifs://default/snap:0123456789abcdef0123456789abcdef/",
    "deadbeef, aifs://default/deadbeef/",
    "aifs://ns/v1, aifs://ns/v1/",
  })
  void refsAloneAreRead(String text, String full) {
    assertThat(places.findRef(text)).hasToString(full);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a/b",
        "./x",
        "/x",
        "V1",
        "main~",
        "snap:12",
        "aifs://ns",
        "http://x",
        "main~1~2"
      })
  void whatIsNoRefIsRefused(String text) {
    assertThatThrownBy(() -> places.findRef(text)).isInstanceOf(AifsException.InvalidRequest.class);
    assertThatThrownBy(() -> places.findRef(ID + ID))
        .isInstanceOf(AifsException.InvalidRequest.class)
        .hasMessageContaining("an asset");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/abs", "a/../b", "a//b", "aifs://", "http://x/y", "main:/x", "a\0b"})
  void nonsenseIsRefused(String address) {
    assertThatThrownBy(() -> places.find(address)).isInstanceOf(AifsException.InvalidRequest.class);
  }

  @Test
  void aClientOfTheRightNamespaceIsUsed() {
    AifsClient client = store.client();
    Places ofClient = new Places(client);
    assertThat(ofClient.clientFor(ofClient.find("x"))).isSameAs(client);
    assertThat(ofClient.clientFor(ofClient.find("aifs://other/main/x")).namespace())
        .isEqualTo(new Name("other"));
  }
}
