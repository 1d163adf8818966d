/** Machines that fail under a store: disks that are full to the last byte. */
@NullMarked
package io.aifs.tests.faults;

import org.jspecify.annotations.NullMarked;
