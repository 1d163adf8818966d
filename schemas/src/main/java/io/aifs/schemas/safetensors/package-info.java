/** Files of the safetensors format, read and written. */
@NullMarked
package io.aifs.schemas.safetensors;

import org.jspecify.annotations.NullMarked;
