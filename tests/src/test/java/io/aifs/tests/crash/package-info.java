/** Processes that end at a bad moment, and directories that somebody else holds. */
@NullMarked
package io.aifs.tests.crash;

import org.jspecify.annotations.NullMarked;
