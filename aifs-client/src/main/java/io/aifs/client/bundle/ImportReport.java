package io.aifs.client.bundle;

import io.aifs.crypto.Digest;
import java.util.Optional;

/**
 * What an import did.
 *
 * @param id the asset at the path; empty if there are only tensors
 * @param tensors beside it
 * @param bytes of all assets
 * @param unchanged assets that were there as they are
 * @param removed paths of tensors that the file no longer has
 * @param storedBytes bytes added to the packs
 * @param version of the store that shows it; 0 if nothing changed
 */
public record ImportReport(
    Optional<Digest> id,
    int tensors,
    long bytes,
    int unchanged,
    long removed,
    long storedBytes,
    long version) {}
