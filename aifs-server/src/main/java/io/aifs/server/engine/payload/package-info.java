/**
 * Whether content is what its kind demands, and what is taken from it. {@link
 * io.aifs.server.engine.payload.PayloadInspector} is where puts ask.
 */
@NullMarked
package io.aifs.server.engine.payload;

import org.jspecify.annotations.NullMarked;
