/**
 * What calls leave in the audit log: outside of the gate, so that it sees those that are refused
 * there. Knows gRPC and messages; nothing of the store but its log.
 */
@NullMarked
package io.aifs.server.grpc.audit;

import org.jspecify.annotations.NullMarked;
