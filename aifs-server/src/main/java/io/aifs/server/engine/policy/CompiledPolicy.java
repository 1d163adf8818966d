package io.aifs.server.engine.policy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import io.aifs.core.model.AssetKind;
import io.aifs.server.catalog.AssetTotals;
import io.aifs.server.engine.AssetFacts;
import io.aifs.server.engine.PayloadMark;
import io.aifs.server.engine.StorageQuota;
import io.aifs.server.engine.payload.PayloadMode;
import io.aifs.server.model.CallRates;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * A policy, ready to look at assets. Thread-safe.
 *
 * @param kinds those that may be put; empty allows all
 * @param metadata schemas by the kind that they are about, {@code *} for all
 * @param quota how much the namespace may hold
 * @param rates how much it may be called
 * @param embeddings what embeddings must be
 * @param payload what is done about content that is not what its kind demands; empty leaves it to
 *     the call
 */
record CompiledPolicy(
    Optional<Set<AssetKind>> kinds,
    Map<String, Schema> metadata,
    OptionalLong assetBytesMax,
    OptionalLong metadataBytesMax,
    OptionalLong parentsMax,
    StorageQuota quota,
    CallRates rates,
    EmbeddingDemands embeddings,
    Optional<PayloadMode> payload) {
  static final String EVERY_KIND = "*";

  /** More of them would not be read. */
  private static final int VIOLATIONS_MAX = 20;

  static final CompiledPolicy NOTHING =
      new CompiledPolicy(
          Optional.empty(),
          Map.of(),
          OptionalLong.empty(),
          OptionalLong.empty(),
          OptionalLong.empty(),
          StorageQuota.NONE,
          CallRates.NONE,
          EmbeddingDemands.NOTHING,
          Optional.empty());

  CompiledPolicy {
    kinds = kinds.map(Set::copyOf);
    metadata = Map.copyOf(metadata);
  }

  /** Everything of the asset that is not allowed; some of it if it is much. */
  List<Violation> check(AssetFacts asset) {
    List<Violation> found = new ArrayList<>();
    kinds
        .filter(allowed -> !allowed.contains(asset.kind()))
        .ifPresent(
            allowed ->
                found.add(
                    new Violation(
                        "/kinds",
                        "kind",
                        asset.kind() + " is not allowed, but " + EnumSet.copyOf(allowed))));
    checkLimit(found, "/limits/asset_bytes_max", "content", "bytes", asset.bytes(), assetBytesMax);
    checkLimit(
        found,
        "/limits/metadata_bytes_max",
        "metadata",
        "bytes",
        OptionalLong.of(bytes(asset.metadata())),
        metadataBytesMax);
    checkLimit(
        found,
        "/limits/parents_max",
        "parents",
        "parents",
        OptionalLong.of(asset.parents()),
        parentsMax);
    if (!metadata.isEmpty()) {
      ScopedValue.where(Steps.CURRENT, new Steps()).run(() -> checkMetadata(asset, found));
    }
    return found.subList(0, Math.min(found.size(), VIOLATIONS_MAX));
  }

  /**
   * What is wrong with the content of an asset that is there, as far as its metadata says: no
   * content is read.
   */
  Optional<Violation> checkMark(Map<String, String> stored) {
    return payload
        .filter(mode -> mode == PayloadMode.STRICT && PayloadMark.isOn(stored))
        .map(_ -> new Violation("/payload/validate", "content", PayloadMark.problem(stored)));
  }

  /** What the namespace holds that is over its quota. */
  List<Violation> checkHeld(AssetTotals held) {
    List<Violation> found = new ArrayList<>();
    checkLimit(
        found,
        "/quota/storage_bytes",
        "namespace",
        "bytes",
        OptionalLong.of(held.contentBytes()),
        quota.bytesMax());
    checkLimit(
        found,
        "/quota/assets",
        "namespace",
        "assets",
        OptionalLong.of(held.assets()),
        quota.assetsMax());
    return found;
  }

  private static void checkLimit(
      List<Violation> found,
      String rule,
      String place,
      String unit,
      OptionalLong value,
      OptionalLong most) {
    if (most.isPresent() && value.isPresent() && value.getAsLong() > most.getAsLong()) {
      found.add(
          new Violation(
              rule, place, value.getAsLong() + " " + unit + " are over " + most.getAsLong()));
    }
  }

  private static long bytes(Map<String, String> metadata) {
    long bytes = 0;
    for (Map.Entry<String, String> entry : metadata.entrySet()) {
      bytes += entry.getKey().getBytes(StandardCharsets.UTF_8).length;
      bytes += entry.getValue().getBytes(StandardCharsets.UTF_8).length;
    }
    return bytes;
  }

  private void checkMetadata(AssetFacts asset, List<Violation> found) {
    ObjectNode instance = JsonNodeFactory.instance.objectNode();
    asset.metadata().forEach(instance::put);
    for (String about : List.of(EVERY_KIND, asset.kind().name())) {
      Schema schema = metadata.get(about);
      if (schema != null) {
        String rule = "/metadata/" + about;
        try {
          schema.validate(instance).forEach(error -> found.add(violation(rule, error)));
        } catch (Steps.UsedUpException e) {
          found.add(new Violation(rule, "metadata", String.valueOf(e.getMessage())));
        }
      }
    }
  }

  private static Violation violation(String schema, Error error) {
    String location = error.getInstanceLocation().toString();
    String property = error.getProperty();
    String key = location.isEmpty() ? property == null ? "" : property : unescaped(location);
    return new Violation(
        schema + error.getSchemaLocation().getFragment(),
        key.isEmpty() ? "metadata" : "metadata." + key,
        error.getMessage());
  }

  /** The key that a pointer into metadata is of. */
  private static String unescaped(String pointer) {
    return pointer.substring(1).replace("~1", "/").replace("~0", "~");
  }
}
