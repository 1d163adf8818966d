/** Where each setting of a command comes from: built in, configuration file, environment, flag. */
@NullMarked
package io.aifs.cli.config;

import org.jspecify.annotations.NullMarked;
