/** The benchmarks' own programs, with little data: that they work, not what they measure. */
@NullMarked
package io.aifs.tests.bench;

import org.jspecify.annotations.NullMarked;
