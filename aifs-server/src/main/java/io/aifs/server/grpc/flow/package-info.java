/**
 * Limits on what calls may hold at once: memory of messages, uploads in progress, time without a
 * byte. Knows gRPC's streams; nothing of tokens or the store.
 */
@NullMarked
package io.aifs.server.grpc.flow;

import org.jspecify.annotations.NullMarked;
