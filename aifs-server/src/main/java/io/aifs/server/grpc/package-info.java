/**
 * The gRPC edge: one class per proto service, conversions between proto and model, and the servers
 * that carry them. Knows the wire and the engine; the engine knows nothing of it.
 */
@NullMarked
package io.aifs.server.grpc;

import org.jspecify.annotations.NullMarked;
