package io.aifs.server.engine.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aifs.core.Limits;
import io.aifs.core.model.AssetKind;
import io.aifs.server.engine.AssetFacts;
import io.aifs.server.engine.StorageQuota;
import io.aifs.server.engine.payload.PayloadMode;
import io.aifs.server.model.CallRates;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is a policy, what is none, and what policies say of assets. */
class PolicyParserTest {
  private static AssetFacts asset(AssetKind kind, Map<String, String> metadata) {
    return new AssetFacts(kind, OptionalLong.of(10), metadata, 0);
  }

  private static List<Violation> check(String document, AssetFacts asset) throws Exception {
    return PolicyParser.parse(document).check(asset);
  }

  /** A policy whose schema for tensors is this. */
  private static String tensors(String schema) {
    return "{\"version\": 1, \"metadata\": {\"TENSOR\": " + schema + "}}";
  }

  @Test
  void emptyPolicyDemandsNothing() throws Exception {
    assertThat(check("{\"version\": 1}", asset(AssetKind.EMBED, Map.of("any", "thing")))).isEmpty();
  }

  @Test
  void quotaAndRatesAreRead() throws Exception {
    CompiledPolicy policy =
        PolicyParser.parse(
            """
            {"version": 1, "quota": {"storage_bytes": 0, "assets": 7},
             "rates": {"calls_per_second": 1, "concurrent_calls": 2, "bytes_per_second": 3,
                       "searches_per_second": 4}}
            """);

    assertThat(policy.quota()).isEqualTo(new StorageQuota(OptionalLong.of(0), OptionalLong.of(7)));
    assertThat(policy.rates()).isEqualTo(new CallRates(1, 2, 3, 4));
    assertThat(PolicyParser.parse("{\"version\": 1, \"quota\": {}, \"rates\": {}}"))
        .isEqualTo(CompiledPolicy.NOTHING);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"quota\": {\"storage_bytes\": -1} | /quota/storage_bytes",
        "\"quota\": {\"storage_bytes\": 1.5} | /quota/storage_bytes",
        "\"quota\": {\"bytes\": 1} | /quota",
        "\"rates\": {\"calls_per_second\": 0} | /rates/calls_per_second",
        "\"rates\": {\"bytes_per_second\": \"1\"} | /rates/bytes_per_second",
        "\"rates\": {\"calls_per_minute\": 1} | /rates",
        "\"rates\": {\"searches_per_second\": 0} | /rates/searches_per_second",
        "\"quota\": {\"assets\": 9007199254740994} | /quota/assets"
      })
  void quotaOrRatesThatAreNoneNameThePlace(String member, String place) {
    assertThatThrownBy(() -> PolicyParser.parse("{\"version\": 1, " + member + "}"))
        .isInstanceOf(PolicyInvalidException.class)
        .hasMessageContaining(place);
  }

  @Test
  void demandsOfEmbeddingsAreRead() throws Exception {
    EmbeddingDemands demands =
        PolicyParser.parse(
                """
                {"version": 1, "embeddings": {"review": "outside_norm", "norm_min": 0.5,
                 "norm_max": 2, "spaces": ["clip", "384"]}}
                """)
            .embeddings();

    assertThat(demands.heldBackBy(0.5)).isEmpty();
    assertThat(demands.heldBackBy(2)).isEmpty();
    assertThat(demands.heldBackBy(Math.nextDown(0.5))).contains("/embeddings/norm_min");
    assertThat(demands.heldBackBy(Math.nextUp(2.0))).contains("/embeddings/norm_max");
    assertThat(demands.heldBackBy(Double.NaN)).isPresent();
    assertThat(demands.checkSpace("384")).isEmpty();
    assertThat(demands.checkSpace("text"))
        .contains(
            new Violation("/embeddings/spaces", "space", "'text' is not allowed, but [384, clip]"));
    assertThat(PolicyParser.parse("{\"version\": 1, \"embeddings\": {}}"))
        .isEqualTo(CompiledPolicy.NOTHING);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"review\": \"some\"} | /embeddings/review",
        "{\"review\": \"NONE\"} | /embeddings/review",
        "{\"review\": \"outside_norm\"} | of the policy is outside_norm",
        "{\"review\": \"outside_norm\", \"norm_min\": 2, \"norm_max\": 1} | /embeddings/norm_min",
        "{\"norm_min\": 1} | of the policy has bounds of norms",
        "{\"review\": \"all\", \"norm_max\": -1} | /embeddings/norm_max",
        "{\"review\": \"all\", \"norm_max\": \"1\"} | /embeddings/norm_max",
        "{\"spaces\": []} | /embeddings/spaces",
        "{\"spaces\": [\"Text\"]} | /embeddings/spaces/0",
        "{\"spaces\": [\"a\", \"a\"]} | /embeddings/spaces",
        "{\"norms\": 1} | /embeddings",
        "[] | /embeddings"
      })
  void demandsOfEmbeddingsThatAreNoneNameThePlace(String member, String place) {
    assertThatThrownBy(() -> PolicyParser.parse("{\"version\": 1, \"embeddings\": " + member + "}"))
        .isInstanceOf(PolicyInvalidException.class)
        .hasMessageContaining(place);
  }

  @Test
  void kindsThatAreNotListedAreRefused() throws Exception {
    String policy = "{\"version\": 1, \"kinds\": [\"BLOB\", \"ARTIFACT\"]}";

    assertThat(check(policy, asset(AssetKind.BLOB, Map.of()))).isEmpty();
    assertThat(check(policy, asset(AssetKind.TENSOR, Map.of())))
        .containsExactly(
            new Violation("/kinds", "kind", "TENSOR is not allowed, but [BLOB, ARTIFACT]"));
  }

  @Test
  void requiredMetadataIsAskedOfItsKindOnly() throws Exception {
    String policy = tensors("{\"required\": [\"license\", \"framework\"]}");

    assertThat(check(policy, asset(AssetKind.BLOB, Map.of()))).isEmpty();
    assertThat(check(policy, asset(AssetKind.TENSOR, Map.of("license", "MIT"))))
        .singleElement()
        .satisfies(
            one -> {
              assertThat(one.rule()).startsWith("/metadata/TENSOR/required");
              assertThat(one.place()).isEqualTo("metadata.framework");
            });
    assertThat(check(policy, asset(AssetKind.TENSOR, Map.of("license", "MIT", "framework", "jax"))))
        .isEmpty();
  }

  @Test
  void starIsAskedOfEveryKindBesideItsOwn() throws Exception {
    String policy =
        """
        {"version": 1, "metadata": {
          "*": {"properties": {"license": {"enum": ["MIT", "Apache-2.0"]}}},
          "TENSOR": {"required": ["dtype"]}}}
        """;

    assertThat(check(policy, asset(AssetKind.TENSOR, Map.of("license", "secret"))))
        .extracting(Violation::rule, Violation::place)
        .containsExactlyInAnyOrder(
            org.assertj.core.groups.Tuple.tuple(
                "/metadata/*/properties/license/enum", "metadata.license"),
            org.assertj.core.groups.Tuple.tuple("/metadata/TENSOR/required", "metadata.dtype"));
    assertThat(check(policy, asset(AssetKind.BLOB, Map.of("license", "MIT")))).isEmpty();
  }

  @Test
  void ruleBehindAReferenceIsNamedWhereItStands() throws Exception {
    String policy =
        tensors(
            "{\"$defs\": {\"slug\": {\"type\": \"string\", \"pattern\": \"^[a-z-]+$\"}},"
                + " \"properties\": {\"a/b\": {\"$ref\": \"#/$defs/slug\"}}}");

    assertThat(check(policy, asset(AssetKind.TENSOR, Map.of("a/b", "NO"))))
        .singleElement()
        .satisfies(
            one -> {
              assertThat(one.rule()).isEqualTo("/metadata/TENSOR/$defs/slug/pattern");
              assertThat(one.place()).isEqualTo("metadata.a/b");
            });
  }

  @Test
  void limitsAreNamed() throws Exception {
    String policy =
        """
        {"version": 1, "limits":
          {"asset_bytes_max": 9, "metadata_bytes_max": 3, "parents_max": 0}}
        """;
    AssetFacts asset = new AssetFacts(AssetKind.BLOB, OptionalLong.of(10), Map.of("k", "väl"), 1);

    assertThat(check(policy, asset))
        .extracting(Violation::toString)
        .containsExactly(
            "content: 10 bytes are over 9 (rule /limits/asset_bytes_max)",
            "metadata: 5 bytes are over 3 (rule /limits/metadata_bytes_max)",
            "parents: 1 parents are over 0 (rule /limits/parents_max)");
    assertThat(check(policy, new AssetFacts(AssetKind.BLOB, OptionalLong.empty(), Map.of(), 0)))
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "hello | is not JSON",
        "{\"version\": 1} x | is not JSON",
        "{\"version\": 1, \"version\": 1} | is not JSON",
        "[] | is wrong",
        "7 | is wrong",
        "{} | required property 'version'",
        "{\"version\": 2} | '/version' of the policy is wrong",
        "{\"version\": 1, \"kind\": []} | 'kind'",
        "{\"version\": 1, \"kinds\": []} | '/kinds' of the policy is wrong",
        "{\"version\": 1, \"kinds\": [\"MODEL\"]} | '/kinds/0' of the policy is wrong",
        "{\"version\": 1, \"kinds\": [\"BLOB\", \"BLOB\"]} | '/kinds' of the policy is wrong",
        "{\"version\": 1, \"metadata\": {\"MODEL\": {}}} | 'MODEL'",
        "{\"version\": 1, \"metadata\": {\"*\": true}} | '/metadata/*' of the policy is wrong",
        "{\"version\": 1, \"limits\": {\"asset_bytes_max\": -1}} | '/limits/asset_bytes_max'",
        "{\"version\": 1, \"limits\": {\"asset_bytes_max\": 1.5}} | '/limits/asset_bytes_max'",
        "{\"version\": 1, \"limits\": {\"asset_bytes_max\": 1e999999999}} | beyond 2^53",
        "{\"version\": 1, \"limits\": {\"bytes\": 1}} | 'bytes'",
      })
  void whatIsNoPolicyIsRefusedNamingThePlace(String document, String named) {
    assertThatThrownBy(() -> PolicyParser.parse(document))
        .isInstanceOf(PolicyInvalidException.class)
        .hasMessageContaining(named);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"type\": \"objekt\"} | is no JSON Schema",
        "{\"required\": \"license\"} | '/metadata/TENSOR/required' of the policy is no JSON Schema",
        "{\"required\": [\"a\", \"a\"]} | is no JSON Schema",
        "{\"properties\": []} | is no JSON Schema",
        "{\"properties\": {\"a\": {\"maxLength\": -1}}} |"
            + " '/metadata/TENSOR/properties/a/maxLength'",
        "{\"properties\": {\"a\": 7}} | is no JSON Schema",
        "{\"allOf\": []} | is no JSON Schema",
        "{\"enum\": 1} | is no JSON Schema",
        "{\"requird\": [\"a\"]} | is no keyword of JSON Schema",
        "{\"properties\": {\"a\": {\"minlength\": 1}}} | '/metadata/TENSOR/properties/a/minlength'",
        "{\"properties\": {\"a\": {\"pattern\": \"(\"}}} | no regular expression",
        "{\"patternProperties\": {\"[\": {}}} | no regular expression",
        "{\"properties\": {\"a\": {\"pattern\": \"((a{1000}){1000}){1000}\"}}} | counts",
        "{\"properties\": {\"a\": {\"format\": \"email\"}}} | none of the formats",
        "{\"properties\": {\"a\": {\"type\": \"integer\"}}} | values of metadata are strings",
        "{\"allOf\": [{\"additionalProperties\": {\"type\": \"number\"}}]} | are strings",
        "{\"type\": \"array\"} | an object of strings",
        "{\"$ref\": \"http://127.0.0.1:1/schema.json\"} | nothing is fetched",
        "{\"$ref\": \"file:///etc/passwd\"} | nothing is fetched",
        "{\"$ref\": \"classpath:draft/2020-12/schema\"} | nothing is fetched",
        "{\"$ref\": \"#\"} | nothing is fetched",
        "{\"$ref\": \"#/properties/a\"} | nothing is fetched",
        "{\"$ref\": \"#/$defs/none\"} | which is not there",
        "{\"$id\": \"http://a/b\"} | is not for policies",
        "{\"$dynamicRef\": \"#a\"} | is not for policies",
        "{\"$anchor\": \"a\"} | is not for policies",
        "{\"$schema\": \"http://json-schema.org/draft-07/schema#\"} | another dialect",
      })
  void whatIsNoSchemaForAPolicyIsRefusedNamingThePlace(String schema, String named) {
    assertThatThrownBy(() -> PolicyParser.parse(tensors(schema)))
        .isInstanceOf(PolicyInvalidException.class)
        .hasMessageContaining(named);
  }

  @Test
  void referencesThatNeverEndAreRefused() {
    String circle =
        "{\"$defs\": {\"a\": {\"allOf\": [{\"$ref\": \"#/$defs/b\"}]},"
            + " \"b\": {\"not\": {\"$ref\": \"#/$defs/a\"}}}}";

    assertThatThrownBy(() -> PolicyParser.parse(tensors(circle)))
        .hasMessageContaining("refers to itself");
  }

  @Test
  void referencesThatMultiplyAreRefused() {
    StringBuilder defs = new StringBuilder("{\"$defs\": {\"d0\": {}");
    for (int i = 1; i < 40; i++) {
      String one = "{\"$ref\": \"#/$defs/d" + (i - 1) + "\"}";
      defs.append(",\"d" + i + "\": {\"allOf\": [" + one + "," + one + "]}");
    }
    String schema = defs.append("}, \"$ref\": \"#/$defs/d39\"}").toString();

    assertThatThrownBy(() -> PolicyParser.parse(tensors(schema)))
        .hasMessageContaining("comes, with what it refers to, to over 2000 schemas");
  }

  @Test
  void deepAndLargeDocumentsAreRefused() {
    String deep = "{\"not\":".repeat(100) + "{}" + "}".repeat(100);
    assertThatThrownBy(() -> PolicyParser.parse(tensors(deep))).hasMessageContaining("is not JSON");
    String large = "{\"version\": 1}" + " ".repeat(Limits.POLICY_BYTES_MAX);
    assertThatThrownBy(() -> PolicyParser.parse(large))
        .hasMessageContaining("is over " + Limits.POLICY_BYTES_MAX + " bytes");
  }

  @ParameterizedTest
  @CsvSource({"(a+)+$", "(a|aa)+$", "(.*a){20}$", "^(([a-z])+.)+[A-Z]([a-z])+$", "(x+x+)+y"})
  void patternThatTakesForEverIsGivenUp(String pattern) throws Exception {
    CompiledPolicy policy =
        PolicyParser.parse(
            tensors("{\"additionalProperties\": {\"pattern\": \"" + pattern + "\"}}"));
    AssetFacts asset =
        asset(AssetKind.TENSOR, Map.of("a", "a".repeat(30_000) + "!", "x", "x".repeat(30_000)));

    List<Violation> found =
        Assertions.assertTimeoutPreemptively(Duration.ofSeconds(20), () -> policy.check(asset));
    assertThat(found)
        .anySatisfy(one -> assertThat(one.message()).contains("take too long to match"))
        .allSatisfy(one -> assertThat(one.rule()).startsWith("/metadata/TENSOR"));
  }

  /** They try more ways than there are atoms, and never look at a character, which is counted. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "(?:(?=)|(?=))",
        "(?:|)",
        "(?:a?|b?)",
        "(?:(?=)??)",
        "(?:()?)",
        "(?:(x|(?=))?)",
        "(?:(?:x*)*)",
        "(?:^|^)",
        "(?:(?<=a{0,9})|(?!x))",
        "((|)|)"
      })
  void patternThatTriesManyWaysToMatchNothingIsRefused(String twoWays) {
    for (String end : List.of("(?!)", "$", "x", "")) {
      String pattern = "a?" + twoWays.repeat(30) + end;
      assertThatThrownBy(() -> PolicyParser.parse(tensors("{\"pattern\": \"" + pattern + "\"}")))
          .isInstanceOf(PolicyInvalidException.class)
          .hasMessageContaining("too many ways to match nothing");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "^(f16|bf16|f32)$",
        "^[0-9]{1,9}$",
        "^v?(0|[1-9][0-9]*)\\\\.(0|[1-9][0-9]*)\\\\.(0|[1-9][0-9]*)(?:-([0-9A-Za-z.-]+))?(?:\\\\+[0-9A-Za-z.-]+)?$",
        "^(https?://)?([a-z0-9-]+\\\\.)+[a-z]{2,10}(:[0-9]{1,5})?(/[^?#]*)?(\\\\?[^#]*)?(#.*)?$",
        "^[a-zA-Z0-9._%+-]+@[a-zA-Z0-9.-]+\\\\.[a-zA-Z]{2,24}$",
        "^(?=.*[a-z])(?=.*[0-9]).{8,64}$",
        "^(?i)[\\\\p{L} ,.'-]{1,100}$",
        "^([0-9a-f]{2}){32}$",
        "^(?<year>[0-9]{4})-(?<month>0[1-9]|1[0-2])-[0-3][0-9]$"
      })
  void patternAsPeopleWriteThemIsAllowedAndCostsAStepForACharacter(String pattern)
      throws Exception {
    PolicyParser.parse(tensors("{\"pattern\": \"" + pattern + "\"}"));
    assertThat(PatternReader.read(pattern.replace("\\\\", "\\")).most()).isLessThan(256);
  }

  @ParameterizedTest
  @ValueSource(strings = {"(?x)a b", "(?ix:a)", "[]a]", "[^]a]", "\\\\Qa", "[\\\\Qa\\\\E]"})
  void patternThatCannotBeReadHereIsRefused(String pattern) {
    assertThatThrownBy(() -> PolicyParser.parse(tensors("{\"pattern\": \"" + pattern + "\"}")))
        .isInstanceOf(PolicyInvalidException.class)
        .hasMessageContaining("policies may not have");
  }

  @Test
  void formatsAreChecked() throws Exception {
    String policy = tensors("{\"properties\": {\"on\": {\"format\": \"date\"}}}");

    assertThat(check(policy, asset(AssetKind.TENSOR, Map.of("on", "2026-11-26")))).isEmpty();
    assertThat(check(policy, asset(AssetKind.TENSOR, Map.of("on", "2026-13-26")))).hasSize(1);
  }

  @Test
  void keysThatAreNotKnownCanBeRefused() throws Exception {
    String policy = tensors("{\"properties\": {\"lang\": {}}, \"additionalProperties\": false}");

    assertThat(check(policy, asset(AssetKind.TENSOR, Map.of("lang", "en", "lnag", "en"))))
        .singleElement()
        .extracting(Violation::place)
        .isEqualTo("metadata.lnag");
  }

  @Test
  void conditionsMayBeUsed() throws Exception {
    String policy =
        tensors(
            "{\"if\": {\"properties\": {\"pii\": {\"const\": \"yes\"}}, \"required\": [\"pii\"]},"
                + " \"then\": {\"required\": [\"approved_by\"]}}");

    assertThat(check(policy, asset(AssetKind.TENSOR, Map.of("pii", "no")))).isEmpty();
    assertThat(check(policy, asset(AssetKind.TENSOR, Map.of("pii", "yes")))).hasSize(1);
  }

  @Test
  void payloadsAreOneOfThreeModesOrTheCallsOwn() throws PolicyInvalidException {
    assertThat(PolicyParser.parse("{\"version\": 1}").payload()).isEmpty();
    assertThat(PolicyParser.parse("{\"version\": 1, \"payload\": {}}").payload()).isEmpty();
    for (PayloadMode mode : PayloadMode.values()) {
      String word = mode.name().toLowerCase(Locale.ROOT);
      assertThat(
              PolicyParser.parse("{\"version\": 1, \"payload\": {\"validate\": \"" + word + "\"}}")
                  .payload())
          .contains(mode);
    }
    for (String member : List.of("[]", "{\"validate\": \"STRICT\"}", "{\"check\": \"off\"}")) {
      assertThatThrownBy(() -> PolicyParser.parse("{\"version\": 1, \"payload\": " + member + "}"))
          .isInstanceOf(PolicyInvalidException.class)
          .hasMessageContaining("/payload");
    }
  }
}
