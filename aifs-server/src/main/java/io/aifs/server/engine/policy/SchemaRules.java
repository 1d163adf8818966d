package io.aifs.server.engine.policy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a schema inside a policy may say, beyond being valid JSON Schema: every keyword is a known
 * one, references stay inside the schema and come to an end, values are text. So a slip of the pen
 * is refused when the policy is set, and looking at an asset takes bounded time. For one schema.
 */
final class SchemaRules {
  static final String DIALECT = "https://json-schema.org/draft/2020-12/schema";

  /** Schemas that one look at an asset may come through, each time that it does. */
  private static final int VISITS_MAX = 2_000;

  private static final String DEFINITIONS = "$defs";
  private static final String LOCAL = "#/$defs/";
  private static final Set<String> ONE_SCHEMA =
      Set.of(
          "additionalProperties",
          "propertyNames",
          "unevaluatedProperties",
          "not",
          "if",
          "then",
          "else",
          "items",
          "contains",
          "unevaluatedItems",
          "contentSchema");
  private static final Set<String> LIST_OF_SCHEMAS =
      Set.of("allOf", "anyOf", "oneOf", "prefixItems");
  private static final Set<String> MAP_OF_SCHEMAS =
      Set.of("properties", "patternProperties", "dependentSchemas", DEFINITIONS);
  private static final Set<String> OTHERS =
      Set.of(
          "$schema",
          "$ref",
          "$comment",
          "type",
          "const",
          "enum",
          "format",
          "pattern",
          "required",
          "dependentRequired",
          "minLength",
          "maxLength",
          "minProperties",
          "maxProperties",
          "multipleOf",
          "maximum",
          "exclusiveMaximum",
          "minimum",
          "exclusiveMinimum",
          "maxItems",
          "minItems",
          "uniqueItems",
          "maxContains",
          "minContains",
          "contentEncoding",
          "contentMediaType",
          "title",
          "description",
          "default",
          "deprecated",
          "readOnly",
          "writeOnly",
          "examples");
  private static final Set<String> FORMATS =
      Set.of("date", "date-time", "time", "uri", "uuid", "ipv4", "ipv6");

  /** Where a schema stands: what it is about. */
  private enum About {
    METADATA,
    VALUE,
    EITHER
  }

  private final JsonNode root;
  private final String pointer;
  private final Map<String, Integer> costs = new HashMap<>();
  private final Set<String> open = new HashSet<>();

  /**
   * @param pointer to the schema inside the policy
   */
  SchemaRules(JsonNode root, String pointer) {
    this.root = root;
    this.pointer = pointer;
  }

  void require() throws PolicyInvalidException {
    cost(root, pointer, About.METADATA);
  }

  /** How many schemas are come through at most, from this one on. */
  private int cost(JsonNode schema, String at, About about) throws PolicyInvalidException {
    int visits = 1;
    for (Map.Entry<String, JsonNode> member : schema.properties()) {
      String keyword = member.getKey();
      JsonNode value = member.getValue();
      String here = at + "/" + escaped(keyword);
      if (ONE_SCHEMA.contains(keyword)) {
        visits += cost(value, here, below(keyword, about));
      } else if (LIST_OF_SCHEMAS.contains(keyword)) {
        for (int i = 0; i < value.size(); i++) {
          visits += cost(value.get(i), here + "/" + i, about);
        }
      } else if (MAP_OF_SCHEMAS.contains(keyword)) {
        visits += costOfMap(keyword, value, here, about);
      } else if (keyword.equals("$ref")) {
        visits += costOfReference(value.asText(), here, about);
      } else {
        requireKnown(keyword, value, here, about);
      }
      if (visits > VISITS_MAX) {
        throw new PolicyInvalidException(
            here, "comes, with what it refers to, to over " + VISITS_MAX + " schemas");
      }
    }
    return visits;
  }

  private int costOfMap(String keyword, JsonNode map, String at, About about)
      throws PolicyInvalidException {
    int visits = 0;
    for (Map.Entry<String, JsonNode> member : map.properties()) {
      String here = at + "/" + escaped(member.getKey());
      if (keyword.equals("patternProperties")) {
        Patterns.requireValid(here, member.getKey());
      }
      visits += cost(member.getValue(), here, below(keyword, about));
    }
    return visits;
  }

  private static About below(String keyword, About about) {
    return switch (keyword) {
      case "properties",
          "patternProperties",
          "additionalProperties",
          "unevaluatedProperties",
          "propertyNames" ->
          about == About.METADATA ? About.VALUE : About.EITHER;
      // What must not be, or decides what else must be, may be what never is.
      case DEFINITIONS, "not", "if", "items", "contains", "unevaluatedItems", "contentSchema" ->
          About.EITHER;
      default -> about;
    };
  }

  private int costOfReference(String reference, String at, About about)
      throws PolicyInvalidException {
    String name = reference.startsWith(LOCAL) ? reference.substring(LOCAL.length()) : "";
    if (name.isEmpty() || name.contains("/") || name.contains("~") || name.contains("%")) {
      throw new PolicyInvalidException(
          at,
          "refers to something else than '"
              + LOCAL
              + "NAME' of the same schema; nothing is fetched");
    }
    JsonNode target = root.path(DEFINITIONS).path(name);
    if (target.isMissingNode()) {
      throw new PolicyInvalidException(at, "refers to '" + reference + "', which is not there");
    }
    String key = name + " " + about;
    Integer known = costs.get(key);
    if (known != null) {
      return known;
    }
    if (!open.add(name)) {
      throw new PolicyInvalidException(at, "refers to itself, by way of '" + reference + "'");
    }
    int cost = cost(target, pointer + "/" + DEFINITIONS + "/" + name, about);
    open.remove(name);
    costs.put(key, cost);
    return cost;
  }

  private void requireKnown(String keyword, JsonNode value, String at, About about)
      throws PolicyInvalidException {
    if (!OTHERS.contains(keyword)) {
      throw new PolicyInvalidException(
          at,
          keyword.startsWith("$")
              ? "is not for policies: a schema stands for itself, and refers to its own '$defs'"
              : "is no keyword of JSON Schema");
    }
    switch (keyword) {
      case "$schema" -> {
        if (!value.asText().equals(DIALECT)) {
          throw new PolicyInvalidException(at, "is another dialect than " + DIALECT);
        }
      }
      case "pattern" -> Patterns.requireValid(at, value.asText());
      case "format" -> {
        if (!FORMATS.contains(value.asText())) {
          throw new PolicyInvalidException(
              at,
              "is none of the formats that are checked, " + sorted(FORMATS) + "; use a pattern");
        }
      }
      case "type" -> requireType(value, at, about);
      default -> {} // the schema of schemas has looked at it
    }
  }

  private static void requireType(JsonNode value, String at, About about)
      throws PolicyInvalidException {
    Set<String> types = new HashSet<>();
    if (value.isTextual()) {
      types.add(value.asText());
    }
    value.forEach(type -> types.add(type.asText()));
    if (about == About.VALUE && !types.contains("string")) {
      throw new PolicyInvalidException(
          at, "can never be so: values of metadata are strings; for numbers use a pattern");
    }
    if (about == About.METADATA && !types.contains("object")) {
      throw new PolicyInvalidException(at, "can never be so: metadata is an object of strings");
    }
  }

  private static List<String> sorted(Set<String> words) {
    return words.stream().sorted().toList();
  }

  /** A name as it stands in a JSON pointer. */
  static String escaped(String name) {
    return name.replace("~", "~0").replace("/", "~1");
  }
}
