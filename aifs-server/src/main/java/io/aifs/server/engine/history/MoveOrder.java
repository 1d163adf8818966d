package io.aifs.server.engine.history;

import io.aifs.core.model.Name;
import io.aifs.core.model.SnapshotId;
import java.util.Optional;

/**
 * Where somebody wants a branch to stand.
 *
 * @param to empty to delete it
 * @param expected where it must stand; empty: wherever it does
 */
record MoveOrder(
    Name branch, Optional<SnapshotId> to, Optional<SnapshotId> expected, Mover mover) {}
