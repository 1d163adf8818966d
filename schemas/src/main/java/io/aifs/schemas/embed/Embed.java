package io.aifs.schemas.embed;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * An Embed payload in memory.
 *
 * @param vectors each of the dimension that the header says; not copied
 * @param sources what each vector was made from; empty if none says
 */
public record Embed(EmbedHeader header, List<float[]> vectors, List<String> sources) {
  /**
   * @throws IllegalArgumentException if there are sources, and not one for each vector
   */
  public Embed {
    requireNonNull(header, "header is null");
    vectors = List.copyOf(vectors);
    sources = List.copyOf(sources);
    if (!sources.isEmpty() && sources.size() != vectors.size()) {
      throw new IllegalArgumentException(
          "there are " + sources.size() + " sources for " + vectors.size() + " vectors");
    }
  }

  /** Vectors of which nothing says what they were made from. */
  public Embed(EmbedHeader header, List<float[]> vectors) {
    this(header, vectors, List.of());
  }
}
