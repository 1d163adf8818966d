package io.aifs.server.engine.payload;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.aifs.core.model.AssetKind;
import io.aifs.core.model.VectorMetric;
import io.aifs.schemas.ByteSource;
import io.aifs.schemas.PayloadInvalidException;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/**
 * Payloads as text, for tests: content of a kind begins with the kind's name in lower case. That of
 * an Embed payload is a line of {@code embed}, model, dimension and metric between tabs, then one
 * for each vector: what it was made from, and its values. {@code -} stands for empty text.
 */
public final class FakePayloads implements PayloadCheck {
  private volatile boolean failing;
  private volatile boolean acceptsAll;

  /** Has every look fail, as a disk does, or no longer. */
  public void fail(boolean fails) {
    failing = fails;
  }

  /** Finds nothing wrong with anything, or no longer: a later version may know more formats. */
  public void accept(boolean all) {
    acceptsAll = all;
  }

  /** An Embed payload. */
  public static String embed(String model, int dimension, VectorMetric metric, String... vectors) {
    return "embed\t"
        + (model.isEmpty() ? "-" : model)
        + "\t"
        + dimension
        + "\t"
        + metric
        + "\n"
        + String.join("\n", vectors);
  }

  @Override
  public void require(AssetKind kind, ByteSource content)
      throws PayloadInvalidException, IOException {
    if (failing) {
      throw new IOException("the disk does not answer");
    }
    String wanted = kind.name().toLowerCase(Locale.ROOT);
    if (!acceptsAll && !text(content).startsWith(wanted)) {
      throw new PayloadInvalidException("byte 0", "there is no '" + wanted + "'");
    }
  }

  private static String text(ByteSource content) throws IOException {
    StringBuilder text = new StringBuilder();
    for (long at = 0; at < content.size(); at += 1_000) {
      int length = (int) Math.min(1_000, content.size() - at);
      text.append(new String(content.read(at, length), UTF_8));
    }
    return text.toString();
  }

  @Override
  public PayloadVectors vectors(ByteSource content) throws PayloadInvalidException, IOException {
    List<String> lines = text(content).lines().toList();
    String[] head = lines.getFirst().split("\t", -1);
    return new Lines(head, lines.subList(1, lines.size()));
  }

  private static String word(String word) {
    return word.equals("-") ? "" : word;
  }

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Lines(String[] head, List<String> lines) implements PayloadVectors {
    @Override
    public String model() {
      return word(head[1]);
    }

    @Override
    public int dimension() {
      return Integer.parseInt(head[2]);
    }

    @Override
    public VectorMetric metric() {
      return VectorMetric.valueOf(head[3]);
    }

    @Override
    public long count() {
      return lines.size();
    }

    private String[] words(long at) {
      return lines.get((int) at).split(" ", -1);
    }

    @Override
    public String source(long at) {
      return word(words(at)[0]);
    }

    @Override
    public float[] vector(long at) {
      String[] words = words(at);
      float[] values = new float[words.length - 1];
      for (int i = 0; i < values.length; i++) {
        values[i] = Float.parseFloat(words[i + 1]);
      }
      return values;
    }
  }
}
