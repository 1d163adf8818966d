import { putMessages } from '../lib/content.mjs';

const licence = JSON.stringify({
  version: 1,
  metadata: { '*': { type: 'object', required: ['licence'] } },
});

export default {
  topic: 'policies',
  cases: {
    'what a policy demands is demanded, until it is taken back': async (t) => {
      const namespace = await t.namespace('policy');
      const set = await t.call('Admin.ManagePolicy', { namespace_id: namespace, policy: licence });
      t.fields(set, { success: true }, 'ManagePolicy');
      await t.refused(
        'AIFS.PutAsset',
        putMessages(t.bytes('refused'), {}),
        'FAILED_PRECONDITION',
        { says: /licence/ },
        { namespace },
      );
      await t.put(t.bytes('with one'), { metadata: { licence: 'CC0-1.0' } }, { namespace });
      await t.call('Admin.ManagePolicy', { namespace_id: namespace, policy: '' });
      await t.put(t.bytes('without one'), {}, { namespace });
    },

    'a policy that is none is INVALID_ARGUMENT': async (t) => {
      const namespace = await t.namespace('none');
      for (const policy of ['{', '{}', '[]', '{"version":1,"metadata":{"*":{"type":"cake"}}}']) {
        await t.refused('Admin.ManagePolicy', { namespace_id: namespace, policy }, 'INVALID_ARGUMENT');
      }
    },
  },
};
