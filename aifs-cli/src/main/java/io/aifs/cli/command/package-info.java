/** The commands, one class each: parse, call, print. */
@NullMarked
package io.aifs.cli.command;

import org.jspecify.annotations.NullMarked;
