/**
 * What a store does by itself while it is served: jobs that come round, are tried again when they
 * fail, and tell how they fare. Knows no job and nothing of the engine; {@link
 * io.aifs.server.engine.jobs.Jobs} is the way in.
 */
@NullMarked
package io.aifs.server.engine.jobs;

import org.jspecify.annotations.NullMarked;
