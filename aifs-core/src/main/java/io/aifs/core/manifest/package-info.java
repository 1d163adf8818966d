/**
 * An asset's chunk list and BLAKE3 chaining values, written by {@link ManifestBuilder} and read by
 * {@link ManifestReader}: a root blob of bounded size and, for large assets, pages named by digest.
 * Byte for byte in {@code docs/format/manifest.md}.
 */
@NullMarked
package io.aifs.core.manifest;

import org.jspecify.annotations.NullMarked;
