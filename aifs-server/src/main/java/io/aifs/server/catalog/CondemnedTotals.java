package io.aifs.server.catalog;

import java.time.Instant;
import java.util.Optional;

/**
 * What is condemned and not deleted yet.
 *
 * @param bytes of packs, about
 * @param until the last moment at which some of it may still be brought back; empty if there is
 *     none
 */
public record CondemnedTotals(long bytes, Optional<Instant> until) {}
