/** Benchmarks: what the parts of AIFS can do. Run by hand, never part of the build's tests. */
@NullMarked
package io.aifs.bench;

import org.jspecify.annotations.NullMarked;
