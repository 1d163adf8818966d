import { idOf } from '../lib/content.mjs';
import { isTimestamp } from '../lib/trial.mjs';
import { malformedIds } from '../lib/malformed.mjs';

const isPresent = (message) => message !== null;

export default {
  topic: 'get',
  cases: {
    'with data: metadata, uri and the bytes': async (t) => {
      const namespace = await t.namespace('get');
      const content = t.bytes('with data', 1_000);
      const id = await t.put(content, { kind: 'BLOB', metadata: { colour: 'red' } }, { namespace });
      const reply = await t.call('AIFS.GetAsset', { asset_id: id, include_data: true }, { namespace });
      const expected = { metadata: isPresent, data: content, uri: `aifs://${id}`, parents: [], children: [] };
      t.fields(reply, expected, 'GetAsset');
      const metadata = { asset_id: id, kind: 'BLOB', size: '1000', created_at: isTimestamp, metadata: { colour: 'red' } };
      t.fields(reply.metadata, metadata, 'AssetMetadata');
    },

    'without data: all of it but the bytes': async (t) => {
      const namespace = await t.namespace('get');
      const content = t.bytes('without data', 1_000);
      const id = await t.put(content, { kind: 'TENSOR', metadata: { colour: 'red' } }, { namespace });
      const reply = await t.call('AIFS.GetAsset', { asset_id: id, include_data: false }, { namespace });
      const expected = { metadata: isPresent, data: Buffer.alloc(0), uri: `aifs://${id}`, parents: [], children: [] };
      t.fields(reply, expected, 'GetAsset');
      const metadata = { asset_id: id, kind: 'TENSOR', size: '1000', created_at: isTimestamp, metadata: { colour: 'red' } };
      t.fields(reply.metadata, metadata, 'AssetMetadata');
    },

    'a malformed id is INVALID_ARGUMENT': async (t) => {
      const namespace = await t.namespace('get');
      const id = await t.put(t.bytes('well formed'), {}, { namespace });
      for (const [why, bad] of Object.entries(malformedIds(id))) {
        const expected = { field: 'asset_id', because: why };
        await t.refused('AIFS.GetAsset', { asset_id: bad }, 'INVALID_ARGUMENT', expected, { namespace });
      }
    },

    'an unknown id is NOT_FOUND, with and without data': async (t) => {
      const namespace = await t.namespace('get');
      const id = idOf(t.bytes('unknown'));
      for (const include_data of [false, true]) {
        const failure = await t.refused('AIFS.GetAsset', { asset_id: id, include_data }, 'NOT_FOUND', {}, { namespace });
        t.ok(failure?.info?.reason !== 'ASSET_DELETED', 'an asset that never was is not called deleted');
      }
    },
  },
};
