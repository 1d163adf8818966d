package io.aifs.vector;

/**
 * How graphs are built.
 *
 * @param neighbours kept of each vector on the upper levels; twice as many on the lowest
 * @param beam candidates among which a new vector's neighbours are chosen
 * @param flatBelow how many vectors a search of a graph must be expected to look at, over the
 *     natural logarithm of how many there are, before there is one: below, a segment is looked
 *     through
 */
record GraphShape(int neighbours, int beam, int flatBelow) {
  /** Where there is a graph from some 4,000 vectors on. */
  static final GraphShape SEARCHED = new GraphShape(16, 100, 480);

  /** Where there is none, as one will be built of several segments at once. */
  static final GraphShape BUILDING = new GraphShape(16, 100, 1 << 24);
}
