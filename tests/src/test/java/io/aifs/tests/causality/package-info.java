/**
 * Nobody sees an asset before what it was made from: readers on every path beside writers of every
 * kind, while the server is killed.
 */
@NullMarked
package io.aifs.tests.causality;

import org.jspecify.annotations.NullMarked;
