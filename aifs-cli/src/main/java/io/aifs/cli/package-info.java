/** The {@code aifs} command: reads arguments, calls the client, prints. Main type: {@link Main}. */
@NullMarked
package io.aifs.cli;

import org.jspecify.annotations.NullMarked;
