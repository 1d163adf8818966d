package io.aifs.server.catalog;

import io.aifs.core.model.AssetKind;
import io.aifs.crypto.Digest;
import java.time.Instant;

/** What stays of a deleted asset, so that lineage and snapshots that name it stay valid. */
public record Tombstone(
    Digest id, AssetKind kind, long size, Instant deletedAt, String deletedBy, String why) {}
