import { idOf } from '../lib/content.mjs';
import { malformedIds } from '../lib/malformed.mjs';
import { isString } from '../lib/trial.mjs';

export default {
  topic: 'verify',
  cases: {
    'a sound asset is valid, and both digests are its id': async (t) => {
      const namespace = await t.namespace('verify');
      for (const length of [0, 1, 400_000]) {
        const id = await t.put(t.bytes('verified', length), {}, { namespace });
        const reply = await t.call('AIFS.VerifyAsset', { asset_id: id }, { namespace });
        const expected = { valid: true, message: isString, computed_hash: id, stored_hash: id };
        t.fields(reply, expected, `VerifyAsset of ${length} bytes`);
      }
    },

    'an unknown id is NOT_FOUND': async (t) => {
      const namespace = await t.namespace('verify');
      await t.refused('AIFS.VerifyAsset', { asset_id: idOf(t.bytes('unknown')) }, 'NOT_FOUND', {}, { namespace });
    },

    'a malformed id is INVALID_ARGUMENT': async (t) => {
      const namespace = await t.namespace('verify');
      for (const [why, bad] of Object.entries(malformedIds(idOf(t.bytes('any'))))) {
        const expected = { field: 'asset_id', because: why };
        await t.refused('AIFS.VerifyAsset', { asset_id: bad }, 'INVALID_ARGUMENT', expected, { namespace });
      }
    },
  },
};
