/** How far a transfer is, shown on standard error. */
@NullMarked
package io.aifs.cli.progress;

import org.jspecify.annotations.NullMarked;
