/** A store in memory and a command line run in this process. */
@NullMarked
package io.aifs.cli.testing;

import org.jspecify.annotations.NullMarked;
