/** Moving directories and files into the store and back: walking, batching, safe writing. */
@NullMarked
package io.aifs.cli.transfer;

import org.jspecify.annotations.NullMarked;
