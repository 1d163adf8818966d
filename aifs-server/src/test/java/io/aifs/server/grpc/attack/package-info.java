/**
 * An attack on the walls between namespaces: two tenants work on one server, and whatever one of
 * them asks is answered as by a server that has never seen the other.
 */
@NullMarked
package io.aifs.server.grpc.attack;

import org.jspecify.annotations.NullMarked;
