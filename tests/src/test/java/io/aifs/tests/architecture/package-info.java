/** Rules that the code of every module keeps; a broken one fails the build. */
@NullMarked
package io.aifs.tests.architecture;

import org.jspecify.annotations.NullMarked;
