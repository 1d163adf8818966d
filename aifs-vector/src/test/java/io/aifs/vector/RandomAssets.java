package io.aifs.vector;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;

/** Assets, and conditions that some of them meet. */
final class RandomAssets {
  private static final List<String> KEYS = List.of("lang", "n", "größe", "a\0b", "a");
  private static final List<String> VALUES =
      List.of(
          "de", "en", "ä", "", "3", "3.0", "-0.5", "-0", "1e3", "1e999", "\0", "y".repeat(2_000));

  private final SplittableRandom random;
  private final int dimension;

  RandomAssets(SplittableRandom random, int dimension) {
    this.random = random;
    this.dimension = dimension;
  }

  /** The key of an asset by a number that a test gives it. */
  static AssetKey key(long number) {
    return new AssetKey(number * 0x9e3779b97f4a7c15L, number, ~number, 7);
  }

  AssetVectors asset(long number, int partsMost) {
    List<AssetVectors.Part> parts = new ArrayList<>();
    int count = 1 + random.nextInt(partsMost);
    for (int i = 0; i < count; i++) {
      parts.add(new AssetVectors.Part(i == 0 ? "" : "part " + i, vector()));
    }
    return new AssetVectors(key(number), facts(), parts);
  }

  static AssetVectors nothing(long number) {
    return new AssetVectors(key(number), new Facts(0, 0, 0, Map.of()), List.of());
  }

  float[] vector() {
    float[] vector = new float[dimension];
    float scale = (float) Math.exp(random.nextDouble(-1, 1));
    for (int i = 0; i < dimension; i++) {
      vector[i] = (float) (random.nextGaussian() * scale);
    }
    vector[0] += vector[0] < 0 ? -0.01f : 0.01f; // never zero throughout
    return vector;
  }

  private Facts facts() {
    Map<String, String> metadata = new HashMap<>();
    for (String key : KEYS) {
      if (random.nextInt(3) > 0) {
        metadata.put(key, random.nextInt(4) > 0 ? pick(VALUES) : "" + random.nextInt(20));
      }
    }
    return new Facts(
        random.nextInt(4), random.nextLong(1L << random.nextInt(1, 63)), instant(), metadata);
  }

  private long instant() {
    return random.nextLong(-1_000_000, 1_800_000_000_000_000L);
  }

  Condition condition(int depth) {
    return switch (random.nextInt(depth > 0 ? 9 : 7)) {
      case 0 -> new Condition.KindIn(Set.of(random.nextInt(5), 7 + random.nextInt(2)));
      case 1 -> {
        long end = random.nextLong(1L << random.nextInt(1, 63));
        yield random.nextBoolean()
            ? new Condition.SizeBetween(end, Long.MAX_VALUE)
            : new Condition.SizeBetween(0, end);
      }
      case 2 -> new Condition.CreatedBetween(instant(), instant());
      case 3 -> new Condition.Has(random.nextInt(8) == 0 ? "absent" : pick(KEYS));
      case 4 ->
          new Condition.ValueIn(
              pick(KEYS), Set.copyOf(List.of(pick(VALUES), "" + random.nextInt(20))));
      case 5 -> new Condition.NumberBetween(pick(KEYS), number(), number());
      case 6 -> new Condition.TextBetween(pick(KEYS), bound(), bound());
      case 7 -> new Condition.Not(condition(depth - 1));
      default -> new Condition.All(List.of(condition(depth - 1), condition(depth - 1)));
    };
  }

  private double number() {
    return switch (random.nextInt(5)) {
      case 0 -> Double.NEGATIVE_INFINITY;
      case 1 -> Double.POSITIVE_INFINITY;
      case 2 -> -0.0;
      default -> random.nextInt(-2, 20);
    };
  }

  private Optional<String> bound() {
    return random.nextInt(3) == 0 ? Optional.empty() : Optional.of(pick(VALUES));
  }

  private String pick(List<String> from) {
    return from.get(random.nextInt(from.size()));
  }
}
