package io.aifs.server.engine.search;

import io.aifs.vector.IndexStats;
import java.util.Optional;

/**
 * How the index of a space is.
 *
 * @param stats of the index that searches use; empty unless it is ready
 * @param version up to which changes of the store are in it
 * @param lastDamage why it had to be built again, if it had to since the store was opened
 */
public record IndexStatus(
    IndexState state, Optional<IndexStats> stats, long version, Optional<String> lastDamage) {}
