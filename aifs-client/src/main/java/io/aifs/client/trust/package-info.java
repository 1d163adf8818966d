/**
 * Whose signatures a client believes: keys that it pinned when it first met a store, and the chain
 * of endorsements from them. {@link io.aifs.client.trust.KnownKeys} keeps pins, {@link
 * io.aifs.client.trust.KeyTrust} compares what a server shows with them, {@link
 * io.aifs.client.trust.SnapshotTrust} checks snapshots. Knows nothing of gRPC.
 */
@NullMarked
package io.aifs.client.trust;

import org.jspecify.annotations.NullMarked;
