/** A guided tour on real data in a throw-away store. */
@NullMarked
package io.aifs.cli.quickstart;

import org.jspecify.annotations.NullMarked;
