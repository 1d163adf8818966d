package io.aifs.cli.testing;

import io.aifs.client.ReadTarget;
import io.aifs.client.Tensors;
import io.aifs.core.AifsException;
import io.aifs.core.Reason;
import io.aifs.core.model.Name;
import io.aifs.core.model.TreeEntry;
import io.aifs.crypto.Digest;
import io.aifs.schemas.ByteSource;
import io.aifs.schemas.PayloadInvalidException;
import io.aifs.schemas.layout.Layouts;
import io.aifs.schemas.layout.TensorEntry;
import io.aifs.schemas.layout.TensorLayout;
import io.aifs.schemas.tensor.ElementType;
import io.aifs.schemas.tensor.SliceRange;
import io.aifs.schemas.tensor.Tensor;
import io.aifs.schemas.tensor.TensorDifference;
import io.aifs.schemas.tensor.TensorDifference.Kind;
import io.aifs.schemas.tensor.TensorStatistics;
import io.aifs.schemas.tensor.TensorType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Tensors in memory. Of values it knows those of type float32. */
record MemoryTensors(MemoryStore store, Name namespace) implements Tensors {
  private Digest id(ReadTarget target) {
    return switch (target) {
      case ReadTarget.ById(Digest given) -> given;
      case ReadTarget.Found found -> found.id();
      case ReadTarget.ByPath path ->
          ((TreeEntry.File) store.space(namespace).require(path.path())).asset();
    };
  }

  private byte[] bytes(ReadTarget target) {
    return store.space(namespace).require(id(target)).bytes();
  }

  @Override
  public Described describe(ReadTarget target) {
    try {
      TensorLayout layout =
          Layouts.read(ByteSource.of(bytes(target)))
              .orElseThrow(() -> noTensors("byte 0: no tensors begin so"));
      return new Described(id(target), layout);
    } catch (PayloadInvalidException e) {
      throw noTensors(e.getMessage() + "");
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static AifsException.Precondition noTensors(String why) {
    return new AifsException.Precondition(Reason.NOT_TENSORS, why, "put another");
  }

  private TensorEntry require(ReadTarget target, String name) {
    return describe(target)
        .layout()
        .find(name)
        .orElseThrow(
            () ->
                new AifsException.NotFound(
                    Reason.TENSOR_NOT_FOUND, "there is no tensor '" + name + "'", ""));
  }

  private ByteBuffer values(ReadTarget target, TensorEntry entry) {
    return ByteBuffer.wrap(bytes(target), (int) entry.offset(), (int) entry.type().bytes())
        .slice()
        .order(ByteOrder.LITTLE_ENDIAN);
  }

  @Override
  public Map<String, TensorStatistics> statistics(ReadTarget target, List<String> names) {
    Map<String, TensorStatistics> found = new LinkedHashMap<>();
    for (TensorEntry entry : describe(target).layout().tensors()) {
      if (names.isEmpty() || names.contains(entry.name())) {
        found.put(entry.name(), statistics(entry.type(), values(target, entry)));
      }
    }
    names.forEach(name -> require(target, name));
    return found;
  }

  private static TensorStatistics statistics(TensorType type, ByteBuffer values) {
    if (type.element() != ElementType.FLOAT32) {
      throw new UnsupportedOperationException("this fake knows no values of " + type);
    }
    FloatBuffer floats = values.asFloatBuffer();
    long zeros = 0;
    double min = Double.NaN;
    double max = Double.NaN;
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < floats.limit(); i++) {
      double value = floats.get(i);
      zeros += value == 0 ? 1 : 0;
      min = i == 0 ? value : Math.min(min, value);
      max = i == 0 ? value : Math.max(max, value);
      sum += value;
      squares += value * value;
    }
    double mean = sum / floats.limit();
    double deviation = Math.sqrt(squares / floats.limit() - mean * mean);
    return new TensorStatistics(
        floats.limit(), 0, 0, zeros, min, max, mean, deviation, Math.sqrt(squares));
  }

  @Override
  public Tensor slice(ReadTarget target, String name, List<SliceRange> ranges) {
    store.slices.add(ranges);
    TensorEntry entry = require(target, name);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    copy(entry.type(), values(target, entry), ranges, 0, 0, out);
    List<Long> shape = new ArrayList<>();
    for (int i = 0; i < entry.type().shape().size(); i++) {
      if (i >= ranges.size()) {
        shape.add(entry.type().shape().get(i));
      } else if (ranges.get(i).keep()) {
        shape.add(ranges.get(i).length());
      }
    }
    return new Tensor(
        name, new TensorType(entry.type().element(), shape), ByteBuffer.wrap(out.toByteArray()));
  }

  /** Copies the part of a dimension whose places begin at value {@code first}. */
  private static void copy(
      TensorType type,
      ByteBuffer values,
      List<SliceRange> ranges,
      int dimension,
      long first,
      ByteArrayOutputStream out) {
    int width = type.element().bytes();
    if (dimension == type.shape().size()) {
      for (int i = 0; i < width; i++) {
        out.write(values.get((int) first * width + i));
      }
      return;
    }
    long stride =
        type.shape().subList(dimension + 1, type.shape().size()).stream()
            .reduce(1L, (a, b) -> a * b);
    SliceRange range =
        dimension < ranges.size()
            ? ranges.get(dimension)
            : new SliceRange(0, type.shape().get(dimension), true);
    for (long place = range.start(); place < range.end(); place++) {
      copy(type, values, ranges, dimension + 1, first + place * stride, out);
    }
  }

  @Override
  public void diff(
      ReadTarget left, ReadTarget right, boolean values, Consumer<TensorDifference> receiver) {
    Map<String, TensorEntry> before = byName(left);
    Map<String, TensorEntry> after = byName(right);
    TreeMap<String, TensorEntry> all = new TreeMap<>(before);
    all.putAll(after);
    for (String name : all.keySet()) {
      Optional<TensorEntry> from = Optional.ofNullable(before.get(name));
      Optional<TensorEntry> to = Optional.ofNullable(after.get(name));
      Kind kind =
          from.isEmpty()
              ? Kind.ADDED
              : to.isEmpty() ? Kind.REMOVED : kind(left, from.get(), right, to.get());
      receiver.accept(
          new TensorDifference(
              name,
              kind,
              from.map(TensorEntry::type),
              to.map(TensorEntry::type),
              values && kind == Kind.CHANGED
                  ? Optional.of(
                      change(
                          values(left, Objects.requireNonNull(before.get(name))),
                          values(right, Objects.requireNonNull(after.get(name)))))
                  : Optional.empty()));
    }
  }

  private Map<String, TensorEntry> byName(ReadTarget target) {
    Map<String, TensorEntry> found = new TreeMap<>();
    describe(target).layout().tensors().forEach(entry -> found.put(entry.name(), entry));
    return found;
  }

  private Kind kind(ReadTarget left, TensorEntry from, ReadTarget right, TensorEntry to) {
    if (!from.type().equals(to.type())) {
      return Kind.TYPE_CHANGED;
    }
    return values(left, from).equals(values(right, to)) ? Kind.EQUAL : Kind.CHANGED;
  }

  private static TensorDifference.Change change(ByteBuffer before, ByteBuffer after) {
    FloatBuffer from = before.asFloatBuffer();
    FloatBuffer to = after.asFloatBuffer();
    double max = 0;
    double sum = 0;
    double squares = 0;
    long changed = 0;
    for (int i = 0; i < from.limit(); i++) {
      double by = (double) to.get(i) - from.get(i);
      max = Math.max(max, Math.abs(by));
      sum += by;
      squares += by * by;
      changed += by == 0 ? 0 : 1;
    }
    return new TensorDifference.Change(max, sum / from.limit(), Math.sqrt(squares), changed);
  }
}
