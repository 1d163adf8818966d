/** Embed payloads: many vectors of one space, as FlatBuffers. */
@NullMarked
package io.aifs.schemas.embed;

import org.jspecify.annotations.NullMarked;
