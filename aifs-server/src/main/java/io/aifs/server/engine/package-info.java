/**
 * What AIFS does: the services that combine catalog, chunks and keys. No wire types here, and no
 * SQL; the edges translate.
 */
@NullMarked
package io.aifs.server.engine;

import org.jspecify.annotations.NullMarked;
