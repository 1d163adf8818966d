/**
 * Chunks by plain digest over packs of sealed records: compression, sealing and verification happen
 * here and nowhere else.
 */
@NullMarked
package io.aifs.server.chunk;

import org.jspecify.annotations.NullMarked;
