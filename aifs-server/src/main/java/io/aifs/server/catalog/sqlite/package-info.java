/**
 * The catalog in one SQLite file: the only place that speaks SQL. {@link
 * io.aifs.server.catalog.sqlite.SqliteCatalog} is its door; {@code docs/format/catalog.md} its
 * schema.
 */
@NullMarked
package io.aifs.server.catalog.sqlite;

import org.jspecify.annotations.NullMarked;
