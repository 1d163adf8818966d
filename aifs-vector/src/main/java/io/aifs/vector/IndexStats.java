package io.aifs.vector;

/**
 * How large an index is.
 *
 * @param vectors that can be found
 * @param deleted that are gone, but take space until their segment is merged
 * @param segments graphs that a search walks one after the other
 * @param memoryBytes that searches use, in and outside of the heap
 * @param diskBytes of files as they are at rest; 0 for what was never committed
 */
public record IndexStats(
    long vectors, long deleted, int segments, long memoryBytes, long diskBytes) {}
