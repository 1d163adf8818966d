/**
 * From a macaroon's caveats to what a call may do. Knows tokens and permissions, and nothing of the
 * wire or the store.
 */
@NullMarked
package io.aifs.server.auth;

import org.jspecify.annotations.NullMarked;
