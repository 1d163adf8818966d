/** The port to the store itself: opening, creating, serving it. Only one class knows the server. */
@NullMarked
package io.aifs.cli.store;

import org.jspecify.annotations.NullMarked;
