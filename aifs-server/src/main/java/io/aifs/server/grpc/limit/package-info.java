/**
 * How much tokens and namespaces may call: buckets that fill with time, counts of calls under way,
 * and what one call may carry. Knows callers, and nothing of gRPC or the store.
 */
@NullMarked
package io.aifs.server.grpc.limit;

import org.jspecify.annotations.NullMarked;
