/** Artifact payloads: ZIP files with a manifest. */
@NullMarked
package io.aifs.schemas.artifact;

import org.jspecify.annotations.NullMarked;
