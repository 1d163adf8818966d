/** Sockets and event loops: Netty's part of the edge. Knows nothing of services. */
@NullMarked
package io.aifs.server.grpc.transport;

import org.jspecify.annotations.NullMarked;
