/**
 * The files of vector indexes, sealed. {@link io.aifs.server.vector.IndexFolders} gives the folder
 * of each; nothing here knows what an index writes into its files.
 */
@NullMarked
package io.aifs.server.vector;

import org.jspecify.annotations.NullMarked;
