package io.aifs.server.catalog;

import io.aifs.core.tree.SnapshotRoots;

/**
 * What a branch holds now.
 *
 * @param roots the trees below the overlays
 * @param changed whether an overlay holds anything that is not in the trees
 */
public record WorkingState(SnapshotRoots roots, boolean changed) {}
