package io.aifs.server.engine.policy;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import io.aifs.core.Limits;
import io.aifs.core.model.AssetKind;
import io.aifs.server.engine.StorageQuota;
import io.aifs.server.engine.payload.PayloadMode;
import io.aifs.server.model.CallRates;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;

/** From a policy's text, as {@code docs/format/policy.md} says, to what can look at assets. */
final class PolicyParser {
  private static final int DEPTH_MAX = 40;

  /** Above, not every number is one of JSON's. */
  private static final double NUMBER_MAX = 1L << 53;

  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(DEPTH_MAX).build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private static final Schema OF_POLICIES = Schemas.compile(resource("policy-v1.schema.json"));

  private static JsonNode resource(String name) {
    try (InputStream in = PolicyParser.class.getResourceAsStream(name)) {
      return MAPPER.readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException("not in the build: " + name, e);
    }
  }

  /**
   * @throws PolicyInvalidException naming the place at which it is no policy
   */
  static CompiledPolicy parse(String document) throws PolicyInvalidException {
    if (document.getBytes(StandardCharsets.UTF_8).length > Limits.POLICY_BYTES_MAX) {
      throw new PolicyInvalidException("", "is over " + Limits.POLICY_BYTES_MAX + " bytes");
    }
    JsonNode policy = json(document);
    requireModest(policy, "");
    List<Error> errors = OF_POLICIES.validate(policy);
    if (!errors.isEmpty()) {
      Error first = errors.getFirst();
      throw new PolicyInvalidException(
          first.getInstanceLocation().toString(), "is wrong: " + first.getMessage());
    }
    Map<String, Schema> metadata = new HashMap<>();
    for (Map.Entry<String, JsonNode> entry : policy.path("metadata").properties()) {
      metadata.put(entry.getKey(), schema(entry.getValue(), "/metadata/" + entry.getKey()));
    }
    JsonNode limits = policy.path("limits");
    return new CompiledPolicy(
        kinds(policy),
        metadata,
        limit(limits, "asset_bytes_max"),
        limit(limits, "metadata_bytes_max"),
        limit(limits, "parents_max"),
        quota(policy.path("quota")),
        rates(policy.path("rates")),
        embeddings(policy.path("embeddings")),
        payload(policy.path("payload")));
  }

  private static JsonNode json(String document) throws PolicyInvalidException {
    try {
      return MAPPER.readTree(document);
    } catch (JsonProcessingException e) {
      String where =
          e.getLocation() == null
              ? ""
              : " (line "
                  + e.getLocation().getLineNr()
                  + ", column "
                  + e.getLocation().getColumnNr()
                  + ")";
      throw new PolicyInvalidException("", "is not JSON: " + e.getOriginalMessage() + where);
    }
  }

  /** Numbers stay such that whoever computes with them comes to an end. */
  private static void requireModest(JsonNode node, String pointer) throws PolicyInvalidException {
    if (node.isNumber() && !(Math.abs(node.doubleValue()) <= NUMBER_MAX)) {
      throw new PolicyInvalidException(pointer, "is a number beyond 2^53");
    }
    for (Map.Entry<String, JsonNode> member : node.properties()) {
      requireModest(member.getValue(), pointer + "/" + SchemaRules.escaped(member.getKey()));
    }
    if (node.isArray()) {
      for (int i = 0; i < node.size(); i++) {
        requireModest(node.get(i), pointer + "/" + i);
      }
    }
  }

  private static Schema schema(JsonNode schema, String pointer) throws PolicyInvalidException {
    Schemas.requireSchema(schema, pointer);
    new SchemaRules(schema, pointer).require();
    return Schemas.compile(schema);
  }

  private static Optional<Set<AssetKind>> kinds(JsonNode policy) {
    if (!policy.has("kinds")) {
      return Optional.empty();
    }
    Set<AssetKind> kinds = EnumSet.noneOf(AssetKind.class);
    policy.get("kinds").forEach(kind -> kinds.add(AssetKind.valueOf(kind.asText())));
    return Optional.of(kinds);
  }

  private static StorageQuota quota(JsonNode quota) {
    return new StorageQuota(limit(quota, "storage_bytes"), limit(quota, "assets"));
  }

  private static CallRates rates(JsonNode rates) {
    return new CallRates(
        rates.path("calls_per_second").asLong(),
        rates.path("concurrent_calls").asLong(),
        rates.path("bytes_per_second").asLong(),
        rates.path("searches_per_second").asLong());
  }

  private static Optional<PayloadMode> payload(JsonNode payload) {
    return payload.has("validate")
        ? Optional.of(
            PayloadMode.valueOf(payload.get("validate").asText().toUpperCase(Locale.ROOT)))
        : Optional.empty();
  }

  private static EmbeddingDemands embeddings(JsonNode embeddings) throws PolicyInvalidException {
    EmbeddingDemands.Review review =
        EmbeddingDemands.Review.valueOf(
            embeddings.path("review").asText("none").toUpperCase(Locale.ROOT));
    OptionalDouble least = norm(embeddings, "norm_min");
    OptionalDouble most = norm(embeddings, "norm_max");
    boolean bounded = least.isPresent() || most.isPresent();
    if (review == EmbeddingDemands.Review.OUTSIDE_NORM && !bounded) {
      throw new PolicyInvalidException(
          "/embeddings/review", "is outside_norm, but there is no norm_min and no norm_max");
    }
    if (bounded && !embeddings.has("review")) {
      throw new PolicyInvalidException(
          "/embeddings", "has bounds of norms, but no review: they would have no effect");
    }
    if (least.isPresent() && most.isPresent() && least.getAsDouble() > most.getAsDouble()) {
      throw new PolicyInvalidException("/embeddings/norm_min", "is over norm_max");
    }
    return new EmbeddingDemands(review, least, most, spaces(embeddings));
  }

  private static OptionalDouble norm(JsonNode embeddings, String name) {
    return embeddings.has(name)
        ? OptionalDouble.of(embeddings.get(name).asDouble())
        : OptionalDouble.empty();
  }

  private static Optional<Set<String>> spaces(JsonNode embeddings) {
    if (!embeddings.has("spaces")) {
      return Optional.empty();
    }
    Set<String> spaces = new HashSet<>();
    embeddings.get("spaces").forEach(space -> spaces.add(space.asText()));
    return Optional.of(spaces);
  }

  private static OptionalLong limit(JsonNode limits, String name) {
    return limits.has(name) ? OptionalLong.of(limits.get(name).asLong()) : OptionalLong.empty();
  }

  private PolicyParser() {}
}
