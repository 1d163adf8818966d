package io.aifs.cli.command;

import io.aifs.cli.place.Place;
import io.aifs.cli.place.Places;
import io.aifs.core.model.AssetKind;
import io.aifs.core.model.ParentEdge;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Option;

/** What a put says of the assets besides their bytes. */
final class AssetOptions {
  @Option(
      names = "--kind",
      paramLabel = "KIND",
      description = "blob (the default), tensor, embed or artifact")
  private String kind = "blob";

  @Option(
      names = "--meta",
      paramLabel = "KEY=VALUE",
      description = "metadata of every file put; may be repeated")
  private Map<String, String> metadata = new LinkedHashMap<>();

  @Option(
      names = "--parent",
      paramLabel = "ID",
      description = "asset that these were made from; may be repeated")
  private List<String> parents = new ArrayList<>();

  @Option(
      names = "--transform",
      paramLabel = "NAME",
      description = "what made them from the parents")
  private String transform = "";

  AssetKind kind() {
    return kind(kind);
  }

  /**
   * @throws io.aifs.core.AifsException.InvalidRequest if there is no such kind
   */
  static AssetKind kind(String kind) {
    try {
      return AssetKind.valueOf(kind.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException _) {
      throw Usage.error(
          "--kind '" + kind + "' is unknown", "the kinds are blob, tensor, embed and artifact");
    }
  }

  Map<String, String> metadata() {
    return metadata;
  }

  /** The lineage, with ids completed by the store. */
  List<ParentEdge> parents(Places places) {
    if (parents.isEmpty() && !transform.isEmpty()) {
      throw Usage.error("--transform says nothing without --parent", "name the parent's id");
    }
    List<ParentEdge> edges = new ArrayList<>();
    for (String parent : parents) {
      if (!(places.find(parent) instanceof Place.OfAsset asset)) {
        throw Usage.error(
            "--parent '" + parent + "' is not an asset id", "'aifs stat PATH' shows the id");
      }
      edges.add(new ParentEdge(asset.id(), transform, ""));
    }
    return edges;
  }
}
