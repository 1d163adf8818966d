/** Cutting content into chunks and packing each chunk's bytes with a codec. */
@NullMarked
package io.aifs.core.chunk;

import org.jspecify.annotations.NullMarked;
