/** Bounds on memory while much is asked for at once. */
@NullMarked
package io.aifs.tests.load;

import org.jspecify.annotations.NullMarked;
