import { isText } from '../lib/trial.mjs';

const eventsOf = (replies) => replies.flatMap((reply) => reply.events);

export default {
  topic: 'events',
  cases: {
    'a subscriber hears of what is put while it listens, until it cancels': async (t) => {
      const namespace = await t.namespace('events');
      const content = t.bytes('heard of');
      let put;
      const until = (replies) => {
        put ??= t.put(content, {}, { namespace });
        return eventsOf(replies).length > 0;
      };
      const request = { filter: 'asset', include_lineage: true, include_drift: true };
      const replies = await t.call('AIFS.SubscribeEvents', request, { namespace, until });
      const id = await put;
      for (const reply of replies) t.fields(reply, { events: Array.isArray }, 'SubscribeEvents');
      t.fields(
        eventsOf(replies)[0],
        {
          event_id: isText,
          event_type: 'asset.put',
          asset_id: id,
          namespace,
          timestamp: (millis) => Math.abs(Date.now() - Number(millis)) < 3_600_000,
          metadata: (metadata) => metadata.kind === 'BLOB' && metadata.size === String(content.length),
        },
        'the event',
      );
    },

    'a filter that cannot be read is INVALID_ARGUMENT': async (t) => {
      await t.refused('AIFS.SubscribeEvents', { filter: 'colour=red' }, 'INVALID_ARGUMENT', { field: 'filter' });
    },
  },
};
