/**
 * Inputs of the side-by-side runs, the same in every run. Uses nothing but the JDK, as {@code
 * bench/run} starts it from source, before anything is built.
 */
@NullMarked
package io.aifs.bench.input;

import org.jspecify.annotations.NullMarked;
