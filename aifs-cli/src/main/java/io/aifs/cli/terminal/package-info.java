/** What surrounds the process: streams, environment, clocks, signals, questions to the user. */
@NullMarked
package io.aifs.cli.terminal;

import org.jspecify.annotations.NullMarked;
