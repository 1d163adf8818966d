/** What is damaged, foreign or secret: flipped bits, keys, versions, clear text on disk. */
@NullMarked
package io.aifs.tests.damage;

import org.jspecify.annotations.NullMarked;
