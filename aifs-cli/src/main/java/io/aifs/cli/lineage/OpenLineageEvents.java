package io.aifs.cli.lineage;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.aifs.cli.output.Fields;
import io.aifs.client.Lineage.Edge;
import io.aifs.core.model.Name;
import io.aifs.core.model.Timestamps;
import io.aifs.crypto.Digest;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Lineage as run events of OpenLineage 2-0-2: each asset with what one transform made it of is one
 * run that began and ended when that was recorded. Transforms are jobs, assets are datasets.
 */
public final class OpenLineageEvents {
  private static final String PRODUCER = "https://aifs.io/cli";
  private static final String SPEC = "https://openlineage.io/spec/";
  private static final String EVENT = SPEC + "2-0-2/OpenLineage.json#/$defs/RunEvent";
  private static final String VERSION_FACET =
      SPEC + "facets/1-0-0/DatasetVersionDatasetFacet.json#/$defs/DatasetVersionDatasetFacet";
  private static final String JOB_TYPE_FACET =
      SPEC + "facets/2-0-3/JobTypeJobFacet.json#/$defs/JobTypeJobFacet";
  private static final String TAGS_FACET =
      SPEC + "facets/1-0-0/TagsJobFacet.json#/$defs/TagsJobFacet";

  /** What one transform made an asset of. */
  private record Run(Digest child, String transform, String transformDigest) {}

  private final String namespace;

  private OpenLineageEvents(Name namespace) {
    this.namespace = "aifs://" + namespace;
  }

  /** The events, two for each run. */
  public static List<Fields> of(LineageGraph graph) {
    Map<Run, List<Edge>> runs = new LinkedHashMap<>();
    for (Edge edge : graph.edges()) {
      Run run =
          new Run(edge.child(), edge.parent().transformName(), edge.parent().transformDigest());
      runs.computeIfAbsent(run, _ -> new ArrayList<>()).add(edge);
    }
    OpenLineageEvents events = new OpenLineageEvents(graph.namespace());
    List<Fields> all = new ArrayList<>();
    runs.forEach(
        (run, edges) -> {
          all.add(events.event("START", run, edges));
          all.add(events.event("COMPLETE", run, edges));
        });
    return all;
  }

  private Fields event(String type, Run run, List<Edge> edges) {
    Instant at = edges.stream().map(Edge::at).max(Comparator.naturalOrder()).orElse(Instant.EPOCH);
    return Fields.of("eventType", type)
        .with("eventTime", Timestamps.format(at))
        .with("producer", PRODUCER)
        .with("schemaURL", EVENT)
        .with("run", Fields.of("runId", runId(run)).map())
        .with("job", job(run).map())
        .with("inputs", edges.stream().map(edge -> dataset(edge.parent().parent()).map()).toList())
        .with("outputs", List.of(dataset(run.child()).map()));
  }

  /** The same for the same run each time, so that whoever gets it twice knows. */
  private UUID runId(Run run) {
    String text =
        String.join("\n", namespace, run.child().hex(), run.transform(), run.transformDigest());
    ByteBuffer bytes = ByteBuffer.wrap(Digest.of(text.getBytes(UTF_8)).toBytes());
    long high = (bytes.getLong() & ~0xf000L) | 0x8000L; // version 8: of our own making
    long low = (bytes.getLong() & ~(0b11L << 62)) | (0b10L << 62);
    return new UUID(high, low);
  }

  private Fields job(Run run) {
    Fields facets =
        Fields.of(
            "jobType",
            facet(JOB_TYPE_FACET)
                .with("processingType", "BATCH")
                .with("integration", "AIFS")
                .with("jobType", "TRANSFORM")
                .map());
    if (!run.transformDigest().isEmpty()) {
      Fields tag =
          Fields.of("key", "transform_digest")
              .with("value", run.transformDigest())
              .with("source", "AIFS");
      facets.with("tags", facet(TAGS_FACET).with("tags", List.of(tag.map())).map());
    }
    return Fields.of("namespace", namespace)
        .with("name", run.transform().isEmpty() ? "unnamed" : run.transform())
        .with("facets", facets.map());
  }

  /** Content never changes, so the asset's id is also its version. */
  private Fields dataset(Digest id) {
    return Fields.of("namespace", namespace)
        .with("name", id)
        .with(
            "facets",
            Fields.of("version", facet(VERSION_FACET).with("datasetVersion", id).map()).map());
  }

  private static Fields facet(String schema) {
    return Fields.of("_producer", PRODUCER).with("_schemaURL", schema);
  }
}
