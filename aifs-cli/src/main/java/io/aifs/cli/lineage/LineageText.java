package io.aifs.cli.lineage;

import io.aifs.cli.output.Sizes;
import io.aifs.cli.terminal.Printable;
import io.aifs.client.Lineage.Edge;
import io.aifs.client.Lineage.Node;
import io.aifs.crypto.Digest;
import java.util.Locale;

/** How assets and edges are called in drawings. */
public final class LineageText {
  /** Enough digits to tell assets apart, and to find them by. */
  private static final int DIGITS = 12;

  static String id(Digest id) {
    return id.hex().substring(0, DIGITS);
  }

  /** Kind and size, and whether it is deleted. */
  public static String facts(Node node) {
    return node.kind().name().toLowerCase(Locale.ROOT)
        + "  "
        + Sizes.bytes(node.size())
        + (node.deletedAt().isPresent() ? "  deleted" : "");
  }

  /** By what it was made; empty if nothing says so. */
  static String transform(Edge edge) {
    String digest = edge.parent().transformDigest();
    return Printable.of(edge.parent().transformName() + (digest.isEmpty() ? "" : "@" + digest));
  }

  private LineageText() {}
}
