/**
 * One data directory: what its FORMAT file says, who holds it, how it is made, opened and closed.
 */
@NullMarked
package io.aifs.server.store;

import org.jspecify.annotations.NullMarked;
