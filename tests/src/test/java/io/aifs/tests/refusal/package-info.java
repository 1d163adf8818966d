/** Requests that must be refused, each with a clear answer. */
@NullMarked
package io.aifs.tests.refusal;

import org.jspecify.annotations.NullMarked;
