/**
 * What every call passes before and after its service: who calls, in which namespace, and how a
 * failure looks on the wire. Knows gRPC, tokens and failures; nothing of the store.
 */
@NullMarked
package io.aifs.server.grpc.gate;

import org.jspecify.annotations.NullMarked;
