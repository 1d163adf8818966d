/**
 * The feed of events: {@link io.aifs.server.engine.event.EventFeed} hands out what the outbox of
 * the catalog holds, in its order, to any number of subscribers at their own pace. Sees the catalog
 * only.
 */
@NullMarked
package io.aifs.server.engine.event;

import org.jspecify.annotations.NullMarked;
