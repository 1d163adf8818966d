/** The truth about metadata, behind one interface per topic; one package per database below. */
@NullMarked
package io.aifs.server.catalog;

import org.jspecify.annotations.NullMarked;
