/** Clients that share no code with the project. */
@NullMarked
package io.aifs.tests.interop;

import org.jspecify.annotations.NullMarked;
