/** What goes in comes out: trees, files of all sizes, names and metadata. */
@NullMarked
package io.aifs.tests.roundtrip;

import org.jspecify.annotations.NullMarked;
