package io.aifs.schemas.embed;

import io.aifs.schemas.ByteSource;
import io.aifs.schemas.PayloadInvalidException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Embed payloads in memory. {@link EmbedWriter} and {@link EmbedReader} are for long ones. */
public final class EmbedCodec {
  /**
   * The payload that holds the vectors.
   *
   * @throws IllegalArgumentException if a vector or source id is none that a payload holds
   */
  public static byte[] encode(Embed embed) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      EmbedWriter writer = new EmbedWriter(out, embed.header(), embed.vectors().size());
      for (int i = 0; i < embed.vectors().size(); i++) {
        if (embed.sources().isEmpty()) {
          writer.add(embed.vectors().get(i));
        } else {
          writer.add(embed.vectors().get(i), embed.sources().get(i));
        }
      }
      writer.finish();
    } catch (IOException e) {
      throw new UncheckedIOException("writing into memory failed", e);
    }
    return out.toByteArray();
  }

  /**
   * The vectors that a payload holds.
   *
   * @throws PayloadInvalidException if it is none
   */
  public static Embed decode(byte[] bytes) throws PayloadInvalidException {
    try {
      EmbedReader reader = EmbedReader.open(ByteSource.of(bytes));
      List<float[]> vectors = new ArrayList<>((int) reader.count());
      for (long at = 0; at < reader.count(); at++) {
        float[] vector = reader.vector(at);
        EmbedValidator.requireUsable(reader, vector, at);
        vectors.add(vector);
      }
      return new Embed(reader.header(), vectors, sources(reader, bytes.length));
    } catch (IOException e) {
      throw new UncheckedIOException("reading from memory failed", e);
    }
  }

  private static List<String> sources(EmbedReader reader, long size)
      throws PayloadInvalidException, IOException {
    List<String> sources = new ArrayList<>();
    Map<Long, String> known = new HashMap<>();
    long chars = 0;
    for (long at = 0; reader.hasSources() && at < reader.count(); at++) {
      long place = reader.sourcePlace(at);
      String source = known.get(place);
      if (source == null) {
        source = reader.sourceAt(place, at);
        known.put(place, source);
        chars += source.length();
      }
      if (chars > size) {
        throw new PayloadInvalidException("sources", "source ids overlap each other");
      }
      sources.add(source);
    }
    return sources;
  }

  private EmbedCodec() {}
}
