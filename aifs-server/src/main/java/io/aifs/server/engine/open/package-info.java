/** What an open store offers: the services of all packages of the engine together. */
@NullMarked
package io.aifs.server.engine.open;

import org.jspecify.annotations.NullMarked;
