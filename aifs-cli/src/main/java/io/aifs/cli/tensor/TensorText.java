package io.aifs.cli.tensor;

import io.aifs.cli.output.Fields;
import io.aifs.schemas.layout.TensorEntry;
import io.aifs.schemas.tensor.TensorStatistics;
import io.aifs.schemas.tensor.TensorType;
import java.util.Locale;

/** Tensors for people and for programs. */
public final class TensorText {
  /** {@code float32 [2, 3]}, with names {@code float32 [row 2, column 3]}. */
  public static String type(TensorType type) {
    StringBuilder text = new StringBuilder(element(type)).append(" [");
    for (int i = 0; i < type.shape().size(); i++) {
      text.append(i == 0 ? "" : ", ");
      if (!type.dimensionNames().isEmpty()) {
        text.append(type.dimensionNames().get(i)).append(' ');
      }
      text.append(type.shape().get(i));
    }
    return text.append(']').toString();
  }

  private static String element(TensorType type) {
    return type.element().name().toLowerCase(Locale.ROOT);
  }

  /** How people name it; the only tensor of a file may have no name. */
  public static String name(String name) {
    return name.isEmpty() ? "(unnamed)" : name;
  }

  public static Fields fields(TensorEntry tensor) {
    return fields(tensor.type()).with("offset", tensor.offset());
  }

  public static Fields fields(TensorType type) {
    return Fields.of("type", element(type))
        .with("shape", type.shape())
        .with("dimension_names", type.dimensionNames())
        .with("bytes", type.bytes());
  }

  public static Fields fields(TensorStatistics statistics) {
    return Fields.of("count", statistics.count())
        .with("nans", statistics.nans())
        .with("infinities", statistics.infinities())
        .with("zeros", statistics.zeros())
        .with("min", number(statistics.min()))
        .with("max", number(statistics.max()))
        .with("mean", number(statistics.mean()))
        .with("deviation", number(statistics.deviation()))
        .with("norm", number(statistics.norm()));
  }

  /** {@code min -0.5, max 0.5, mean 0.01, deviation 0.2, norm 3.5, zeros 2}. */
  public static String line(TensorStatistics statistics) {
    StringBuilder line =
        new StringBuilder("min ")
            .append(shown(statistics.min()))
            .append(", max ")
            .append(shown(statistics.max()))
            .append(", mean ")
            .append(shown(statistics.mean()))
            .append(", deviation ")
            .append(shown(statistics.deviation()))
            .append(", norm ")
            .append(shown(statistics.norm()))
            .append(", zeros ")
            .append(statistics.zeros());
    if (statistics.nans() > 0) {
      line.append(", NaN ").append(statistics.nans());
    }
    if (statistics.infinities() > 0) {
      line.append(", infinite ").append(statistics.infinities());
    }
    return line.toString();
  }

  /** Six digits that matter. */
  public static String shown(double value) {
    if (value == Math.rint(value) && Math.abs(value) < 1e9) {
      return Long.toString((long) value);
    }
    return String.format(Locale.ROOT, "%.6g", value);
  }

  /** JSON has no numbers that are none: they are text there. */
  public static Object number(double value) {
    return Double.isFinite(value) ? (Object) value : Double.toString(value);
  }

  private TensorText() {}
}
