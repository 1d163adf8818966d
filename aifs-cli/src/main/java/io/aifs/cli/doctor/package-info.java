/** Checks of the surroundings, each with what to do when it fails. */
@NullMarked
package io.aifs.cli.doctor;

import org.jspecify.annotations.NullMarked;
