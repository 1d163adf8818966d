package io.aifs.core.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** That servers understand the same is tested beside their parser. */
class CaveatKindTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "expires = 2027-02-19T00:00:00Z",
        "not-before = 2027-02-19T00:00:00.5Z",
        "methods = put,get",
        "namespace = a,b.c",
        "path = data/größe = 3",
        "ref = main,snap:00112233445566778899aabbccddeeff",
        "asset = af1349b9f5f9a1a6a0404dea36dcc9499bcb25c9adc112b7cc9a93cae41f3262",
        "kind = tensor,embed",
        "max-bytes = 10",
        "rate = 5/m",
        "client = local,10.0.0.0/8,fd00::/8,127.0.0.1,::ffff:1.2.3.4/32"
      })
  void whatServersUnderstandIsTakenAsItIs(String caveat) {
    assertThat(CaveatKind.checked(caveat)).isEqualTo(caveat);
    assertThat(CaveatKind.of(caveat)).isPresent();
    assertThat(CaveatKind.isUnderstood(caveat)).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "colour = red | it is none of expires",
        "methods=put | it is none of expires",
        "methods = put,gets | there is no such method",
        "methods = put, get | there is no such method",
        "expires = 2027-02-19 | it is no instant",
        "namespace = A | name does not match",
        "path = /a | empty segment",
        "ref = main~1 | name does not match",
        "asset = 12 | digest",
        "kind = TENSOR | the kinds are",
        "max-bytes = 10M | no positive whole number",
        "rate = 5 | it is no rate",
        "rate = 0/s | no positive whole number",
        "rate = 5/d | it is no rate",
        "client = example.org | it is no address",
        "client = 10.0.0.0/33 | a number of bits up to 32",
        "client = 10.0.0.0/08 | a number of bits up to 32",
        "client = 300.0.0.1 | 300.0.0.1"
      })
  void whatTheyDoNotIsRefused(String caveat, String why) {
    assertThatThrownBy(() -> CaveatKind.checked(caveat))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(why);
    assertThat(CaveatKind.isUnderstood(caveat)).isFalse();
  }

  @Test
  void aKindWritesItsKeyAndTheValue() {
    assertThat(CaveatKind.NOT_BEFORE.text("2027-02-19T00:00:00Z"))
        .isEqualTo("not-before = 2027-02-19T00:00:00Z");
    assertThatThrownBy(() -> CaveatKind.METHODS.text(""))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
