package io.aifs.cli.lineage;

import io.aifs.cli.output.Fields;
import io.aifs.client.Lineage.Edge;
import io.aifs.client.Lineage.Node;
import java.util.Locale;

/** Assets and edges for programs. */
public final class LineageFields {
  public static Fields of(Node node) {
    return Fields.of("id", node.id())
        .with("depth", node.depth())
        .with("kind", node.kind().name().toLowerCase(Locale.ROOT))
        .with("size", node.size())
        .with("created_at", node.createdAt())
        .with("deleted_at", node.deletedAt())
        .with("selected", node.selected());
  }

  public static Fields of(Edge edge) {
    return Fields.of("child", edge.child())
        .with("parent", edge.parent().parent())
        .with("transform", edge.parent().transformName())
        .with("transform_digest", edge.parent().transformDigest())
        .with("at", edge.at());
  }

  private LineageFields() {}
}
