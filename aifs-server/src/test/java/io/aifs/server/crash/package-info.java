/**
 * The crash simulation: a store on a simulated machine whose power is cut anywhere, and a model
 * that says what must be left. See {@code docs/crash-simulation.md}.
 */
@NullMarked
package io.aifs.server.crash;

import org.jspecify.annotations.NullMarked;
