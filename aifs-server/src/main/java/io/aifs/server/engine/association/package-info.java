/**
 * Associations: types, writes, reads in batches, and what events say of them. Lineage is read here
 * as well, as the types {@code made-from} and {@code made-into}.
 */
@NullMarked
package io.aifs.server.engine.association;

import org.jspecify.annotations.NullMarked;
