/**
 * Policies: what a namespace demands of the assets that are put into it, as JSON with JSON Schemas
 * inside. The only package that knows the schema library.
 */
@NullMarked
package io.aifs.server.engine.policy;

import org.jspecify.annotations.NullMarked;
