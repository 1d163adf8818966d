/** Lineage as people and other tools read it. */
@NullMarked
package io.aifs.cli.lineage;

import org.jspecify.annotations.NullMarked;
