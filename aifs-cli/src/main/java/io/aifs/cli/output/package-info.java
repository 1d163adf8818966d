/** What commands print: tables and JSON on standard output, errors on standard error. */
@NullMarked
package io.aifs.cli.output;

import org.jspecify.annotations.NullMarked;
