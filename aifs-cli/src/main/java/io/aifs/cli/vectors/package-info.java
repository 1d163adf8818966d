/** Files of vectors, and of what is to be embedded. */
@NullMarked
package io.aifs.cli.vectors;

import org.jspecify.annotations.NullMarked;
