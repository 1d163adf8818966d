/** Lineage: recording it, walking it in both directions, and what keeps an asset. */
@NullMarked
package io.aifs.server.engine.lineage;

import org.jspecify.annotations.NullMarked;
