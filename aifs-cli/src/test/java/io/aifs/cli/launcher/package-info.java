/** The launcher and the process that it starts. */
@NullMarked
package io.aifs.cli.launcher;

import org.jspecify.annotations.NullMarked;
