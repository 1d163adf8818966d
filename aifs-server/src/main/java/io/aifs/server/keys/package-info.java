/**
 * The store's own keys on disk: the local key service, the domains' wrapped keys and the sources of
 * the root key. Sees {@code file} and nothing else of the server; ciphers stay in {@code
 * io.aifs.crypto}.
 */
@NullMarked
package io.aifs.server.keys;

import org.jspecify.annotations.NullMarked;
