/** What tests build on: stores in temporary directories, servers and commands in own processes. */
@NullMarked
package io.aifs.tests.harness;

import org.jspecify.annotations.NullMarked;
