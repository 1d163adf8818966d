/** The Java client of an AIFS store. */
@NullMarked
package io.aifs.client;

import org.jspecify.annotations.NullMarked;
