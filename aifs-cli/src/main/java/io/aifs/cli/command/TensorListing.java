package io.aifs.cli.command;

import io.aifs.cli.output.Fields;
import io.aifs.cli.output.Sizes;
import io.aifs.cli.output.Table;
import io.aifs.cli.tensor.TensorText;
import io.aifs.client.AifsClient;
import io.aifs.client.ReadTarget;
import io.aifs.core.AifsException;
import io.aifs.core.Reason;
import io.aifs.core.model.AssetInfo;
import io.aifs.core.model.AssetKind;
import io.aifs.core.model.PayloadKeys;
import io.aifs.schemas.layout.TensorEntry;
import io.aifs.schemas.layout.TensorLayout;
import io.aifs.schemas.tensor.TensorStatistics;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What {@code aifs stat} says of the tensors of an asset. */
final class TensorListing {
  /** Tensors up to this are looked at without being asked: it takes a moment. */
  private static final long QUICK_BYTES_MAX = 64L << 20;

  private static final List<String> ENDINGS = List.of(".safetensors", ".npy", ".arrow");

  private final AifsClient client;
  private final boolean statistics;

  /**
   * @param statistics whether to look at the values, however many there are
   */
  TensorListing(AifsClient client, boolean statistics) {
    this.client = client;
    this.statistics = statistics;
  }

  /**
   * Adds the tensors, if there are any.
   *
   * @param name the last part of the path; empty for an asset without one
   */
  void add(ReadTarget target, String name, AssetInfo info, Table table, Fields fields) {
    if (info.metadata().containsKey(PayloadKeys.STATE)) {
      String problem = info.metadata().getOrDefault(PayloadKeys.PROBLEM, "nobody looked at it");
      table.row("payload", "not validated: " + problem);
      fields.with("payload_problem", problem);
    }
    if (statistics || mayHaveTensors(name, info)) {
      layout(target, info, table, fields)
          .ifPresent(layout -> add(target, info, layout, table, fields));
    }
  }

  private static boolean mayHaveTensors(String name, AssetInfo info) {
    String lower = name.toLowerCase(Locale.ROOT);
    return info.kind() == AssetKind.TENSOR
        || info.metadata().getOrDefault("format", "").equals("safetensors")
        || ENDINGS.stream().anyMatch(lower::endsWith);
  }

  /**
   * Empty if it has none, or the server does not look. That a tensor is none is said, and is no
   * failure: nobody may have looked when it was put.
   */
  private Optional<TensorLayout> layout(
      ReadTarget target, AssetInfo info, Table table, Fields fields) {
    try {
      return Optional.of(client.tensors().describe(target).layout());
    } catch (AifsException.Precondition e) {
      boolean marked = info.metadata().containsKey(PayloadKeys.STATE);
      if (e.reason() != Reason.NOT_TENSORS || (statistics && !marked)) {
        throw e;
      }
      if (info.kind() == AssetKind.TENSOR && !marked) {
        String problem = String.valueOf(e.getMessage());
        table.row("payload", "holds no tensor: " + problem);
        fields.with("payload_problem", problem);
      }
      return Optional.empty();
    } catch (AifsException.Unsupported e) {
      if (statistics) {
        throw e;
      }
      return Optional.empty();
    }
  }

  private void add(
      ReadTarget target, AssetInfo info, TensorLayout layout, Table table, Fields fields) {
    boolean looked =
        statistics || (info.kind() == AssetKind.TENSOR && info.size() <= QUICK_BYTES_MAX);
    Map<String, TensorStatistics> found =
        looked ? client.tensors().statistics(target, List.of()) : Map.of();
    List<Map<String, Object>> listed = new ArrayList<>();
    table.row("format", layout.format().name().toLowerCase(Locale.ROOT));
    for (TensorEntry tensor : layout.tensors()) {
      Optional<TensorStatistics> of = Optional.ofNullable(found.get(tensor.name()));
      table.row("tensor", line(tensor));
      of.ifPresent(values -> table.row("", TensorText.line(values)));
      Fields row = Fields.of("name", tensor.name());
      TensorText.fields(tensor).map().forEach(row::with);
      of.ifPresent(values -> row.with("statistics", TensorText.fields(values).map()));
      listed.add(row.map());
    }
    fields
        .with("tensor_format", layout.format().name().toLowerCase(Locale.ROOT))
        .with("tensors", listed);
  }

  private static String line(TensorEntry tensor) {
    return "%s  %s  %s"
        .formatted(
            TensorText.name(tensor.name()),
            TensorText.type(tensor.type()),
            Sizes.bytes(tensor.type().bytes()));
  }
}
