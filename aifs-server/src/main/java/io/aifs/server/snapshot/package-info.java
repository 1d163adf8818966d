/**
 * The Merkle tree of paths: building, reading, comparing, merging, proving. Asks for nodes through
 * {@link io.aifs.server.snapshot.NodeSource}, writes them through {@link
 * io.aifs.server.snapshot.NodeSink}.
 */
@NullMarked
package io.aifs.server.snapshot;

import org.jspecify.annotations.NullMarked;
