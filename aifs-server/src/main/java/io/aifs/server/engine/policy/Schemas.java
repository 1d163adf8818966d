package io.aifs.server.engine.policy;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import java.util.List;
import java.util.Locale;

/** The schema library, set up so that it fetches nothing and every pattern comes to an end. */
final class Schemas {
  /** What JSON Schema itself says of schemas; part of the library. */
  private static final Schema OF_SCHEMAS =
      registry(false).getSchema(SchemaLocation.of(SchemaRules.DIALECT));

  /** A schema of a policy, which {@link SchemaRules} allow. */
  static Schema compile(JsonNode schema) {
    Schema compiled = registry(true).getSchema(schema);
    compiled.initializeValidators();
    return compiled;
  }

  /**
   * @param formats whether that keyword is a rule, not only a note; {@link SchemaRules} say of
   *     patterns in schemas what is wrong with them
   */
  private static SchemaRegistry registry(boolean formats) {
    SchemaRegistryConfig config =
        SchemaRegistryConfig.builder()
            .locale(Locale.ROOT)
            .formatAssertionsEnabled(formats)
            .regularExpressionFactory(new Patterns())
            .build();
    return SchemaRegistry.withDefaultDialect(
        SpecificationVersion.DRAFT_2020_12,
        builder ->
            builder
                .schemaLoader(loader -> loader.fetchRemoteResources(false))
                .schemaRegistryConfig(config));
  }

  /**
   * @throws PolicyInvalidException naming the first place at which it is no JSON Schema
   */
  static void requireSchema(JsonNode schema, String pointer) throws PolicyInvalidException {
    List<Error> errors = OF_SCHEMAS.validate(schema);
    if (!errors.isEmpty()) {
      Error first = errors.getFirst();
      throw new PolicyInvalidException(
          pointer + first.getInstanceLocation(), "is no JSON Schema: " + first.getMessage());
    }
  }

  private Schemas() {}
}
