package io.aifs.server.engine.event;

import java.util.List;

/**
 * The events of a row of the outbox.
 *
 * @param forms what subscribers get for them, in the same order
 */
record FeedRow<E>(long sequence, List<FeedEvent> events, List<E> forms) {}
