/** What an address on the command line means in the chosen store. */
@NullMarked
package io.aifs.cli.place;

import org.jspecify.annotations.NullMarked;
