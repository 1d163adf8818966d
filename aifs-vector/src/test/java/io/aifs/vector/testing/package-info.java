/** An index in memory that looks at every vector: for tests here and in other modules. */
@NullMarked
package io.aifs.vector.testing;

import org.jspecify.annotations.NullMarked;
