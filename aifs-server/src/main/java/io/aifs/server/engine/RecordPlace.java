package io.aifs.server.engine;

import io.aifs.server.model.PackId;

/** A copy of a record, by where it is. */
record RecordPlace(PackId pack, long position) {}
