package io.aifs.vector;

import static java.util.Objects.requireNonNull;

import java.util.BitSet;
import java.util.OptionalInt;

/**
 * A set of assets by their numbers. Immutable, and compared by identity: an index keeps, for each
 * of its segments, which of its vectors are in a set that it was asked about.
 */
public final class AssetSet {
  private final AssetNumbers numbers;
  private final BitSet members;
  private final int size;

  /**
   * @param numbers gave the numbers, and numbers what the indexes hold that are asked about the set
   * @param members copied
   */
  public AssetSet(AssetNumbers numbers, BitSet members) {
    this.numbers = requireNonNull(numbers, "numbers is null");
    this.members = (BitSet) members.clone();
    this.size = this.members.cardinality();
  }

  public AssetNumbers numbers() {
    return numbers;
  }

  public boolean contains(AssetKey asset) {
    OptionalInt number = numbers.find(asset);
    return number.isPresent() && members.get(number.getAsInt());
  }

  /** The same by the asset's number. */
  public boolean contains(int number) {
    return members.get(number);
  }

  public int size() {
    return size;
  }
}
