package io.aifs.cli.command;

import io.aifs.cli.output.Fields;
import io.aifs.cli.output.Rows;
import io.aifs.cli.output.Sizes;
import io.aifs.cli.place.Place;
import io.aifs.cli.place.Places;
import io.aifs.cli.tensor.TensorText;
import io.aifs.cli.terminal.Printable;
import io.aifs.client.AifsClient;
import io.aifs.client.bundle.BundleDiff;
import io.aifs.schemas.tensor.TensorDifference;
import io.aifs.schemas.tensor.TensorDifference.Change;
import io.aifs.schemas.tensor.TensorDifference.Kind;
import io.aifs.schemas.tensor.TensorType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** How the tensors of two files differ, as rows. */
final class TensorDiff {
  private final Invocation invocation;
  private final boolean values;
  private final Map<Kind, Long> counts = new EnumMap<>(Kind.class);

  /**
   * @param values whether to say by how much
   */
  TensorDiff(Invocation invocation, boolean values) {
    this.invocation = invocation;
    this.values = values;
  }

  /** Prints them; returns whether there are any. */
  boolean print(String before, String after) throws IOException {
    Places places = invocation.places();
    Place left = places.find(before);
    Place right = places.find(after);
    if (!left.namespace().equals(right.namespace())) {
      throw Usage.error("the two are of different namespaces", "compare files of one");
    }
    AifsClient client = places.clientFor(left);
    Gettable from = Gettable.at(left, client);
    Gettable to = Gettable.at(right, client);
    try (Rows rows = invocation.output().rows("tensors")) {
      compare(client, from, to, one -> add(rows, one));
      rows.summary(summary(), fields());
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    return counts.keySet().stream().anyMatch(kind -> kind != Kind.EQUAL);
  }

  private void compare(
      AifsClient client, Gettable from, Gettable to, Consumer<TensorDifference> receiver) {
    if (from instanceof Gettable.OfFile left && to instanceof Gettable.OfFile right) {
      client.tensors().diff(left.target(), right.target(), values, receiver);
    } else if (from instanceof Gettable.OfDirectory(Place.OfPath left)
        && to instanceof Gettable.OfDirectory(Place.OfPath right)) {
      new BundleDiff(client).compare(side(left), side(right), values, receiver);
    } else {
      throw Usage.error(
          "a file and a directory cannot be compared",
          "name two safetensors, npy or Arrow files, or two directories of tensors");
    }
  }

  private static BundleDiff.Side side(Place.OfPath place) {
    return new BundleDiff.Side(place.ref(), place.path());
  }

  private void add(Rows rows, TensorDifference difference) {
    counts.merge(difference.kind(), 1L, Long::sum);
    try {
      rows.add(Printable.of(line(difference)), fields(difference));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String line(TensorDifference difference) {
    String name = TensorText.name(difference.name());
    return switch (difference.kind()) {
      case EQUAL -> "=  " + name;
      case CHANGED -> "M  " + name + difference.change().map(TensorDiff::text).orElse("");
      case ADDED -> "A  " + name + type("  ", difference.right());
      case REMOVED -> "D  " + name + type("  ", difference.left());
      case TYPE_CHANGED ->
          "T  " + name + type("  ", difference.left()) + type(" -> ", difference.right());
    };
  }

  private static String type(String before, Optional<TensorType> type) {
    return type.map(found -> before + TensorText.type(found)).orElse("");
  }

  private static String text(Change change) {
    return "  max %s, mean %s, norm %s, %s"
        .formatted(
            TensorText.shown(change.maxAbs()),
            TensorText.shown(change.mean()),
            TensorText.shown(change.norm()),
            Sizes.count(change.changedValues(), "value"));
  }

  private static Fields fields(TensorDifference difference) {
    Fields fields =
        Fields.of("name", difference.name())
            .with("change", difference.kind().name().toLowerCase(Locale.ROOT))
            .with("from", difference.left().map(type -> TensorText.fields(type).map()))
            .with("to", difference.right().map(type -> TensorText.fields(type).map()));
    difference
        .change()
        .ifPresent(
            change ->
                fields
                    .with("max_abs", TensorText.number(change.maxAbs()))
                    .with("mean", TensorText.number(change.mean()))
                    .with("norm", TensorText.number(change.norm()))
                    .with("changed_values", change.changedValues()));
    return fields;
  }

  private long count(Kind kind) {
    return counts.getOrDefault(kind, 0L);
  }

  private String summary() {
    return "%s equal, %s changed, %s added, %s removed, %s of another type"
        .formatted(
            Sizes.count(count(Kind.EQUAL)),
            Sizes.count(count(Kind.CHANGED)),
            Sizes.count(count(Kind.ADDED)),
            Sizes.count(count(Kind.REMOVED)),
            Sizes.count(count(Kind.TYPE_CHANGED)));
  }

  private Fields fields() {
    Fields fields = Fields.of("equal", count(Kind.EQUAL));
    return fields
        .with("changed", count(Kind.CHANGED))
        .with("added", count(Kind.ADDED))
        .with("removed", count(Kind.REMOVED))
        .with("type_changed", count(Kind.TYPE_CHANGED));
  }
}
