import { float32, idOf, putMessages } from '../lib/content.mjs';
import { isTimestamp } from '../lib/trial.mjs';

const emptyId = 'af1349b9f5f9a1a6a0404dea36dcc9499bcb25c9adc112b7cc9a93cae41f3262';
const kibibyte = 1024;

async function holds(t, id, content, options) {
  const reply = await t.get(id, options);
  t.ok(content.equals(reply.data), `the bytes of ${id} come back as they went in`);
  t.fields(reply.metadata, { asset_id: id, size: String(content.length) }, 'AssetMetadata');
  return reply;
}

export default {
  topic: 'put',
  cases: {
    'chunks of all messages are the content, in order': async (t) => {
      const namespace = await t.namespace('put');
      const content = t.bytes('several messages', 10_007);
      const id = await t.putStream(putMessages(content, {}, 500, 3), content, { namespace });
      await holds(t, id, content, { namespace });
    },

    'chunks and messages without bytes change nothing': async (t) => {
      const namespace = await t.namespace('put');
      const content = t.bytes('holes', 300);
      const data = (from, to) => ({ data: content.subarray(from, to) });
      const messages = [
        { metadata: { colour: 'blue' } },
        { chunks: [data(0, 0), data(0, 100), data(100, 100)] },
        { chunks: [] },
        { chunks: [data(100, 101), data(101, 300)] },
        { chunks: [data(300, 300)] },
      ];
      const id = await t.putStream(messages, content, { namespace });
      const reply = await holds(t, id, content, { namespace });
      t.fields(reply.metadata, { metadata: { colour: 'blue' } }, 'AssetMetadata');
    },

    'a few megabytes in many small messages come back whole': async (t) => {
      const namespace = await t.namespace('put');
      const content = t.bytes('megabytes', 3 * kibibyte * kibibyte + 17);
      const id = await t.putStream(putMessages(content, {}, 64 * kibibyte), content, { namespace });
      await holds(t, id, content, { namespace });
    },

    'content that repeats itself comes back whole': async (t) => {
      const namespace = await t.namespace('put');
      const content = Buffer.concat(Array.from({ length: 40 }, () => t.bytes('one part of many', 40_000)));
      const id = await t.put(content, {}, { namespace });
      await holds(t, id, content, { namespace });
    },

    'empty content is legal, with and without a chunk': async (t) => {
      const namespace = await t.namespace('put');
      const nothing = Buffer.alloc(0);
      t.equal(idOf(nothing), emptyId, 'the digest of nothing');
      for (const message of [{}, { chunks: [{ data: nothing }] }, { metadata: { note: 'empty' } }]) {
        await t.putStream([message], nothing, { namespace });
      }
      const reply = await holds(t, emptyId, nothing, { namespace });
      t.fields(reply.metadata, { kind: 'BLOB', metadata: { note: 'empty' } }, 'AssetMetadata');
    },

    'an empty stream is INVALID_ARGUMENT': async (t) => {
      const namespace = await t.namespace('put');
      await t.refused('AIFS.PutAsset', [], 'INVALID_ARGUMENT', {}, { namespace });
    },

    'each of the four kinds is kept': async (t) => {
      const namespace = await t.namespace('put');
      for (const kind of ['BLOB', 'TENSOR', 'EMBED', 'ARTIFACT']) {
        const content = t.bytes(`kind ${kind}`);
        const id = await t.put(content, { kind }, { namespace });
        const reply = await holds(t, id, content, { namespace });
        t.fields(reply.metadata, { kind, created_at: isTimestamp }, kind);
      }
    },

    'an unknown kind is INVALID_ARGUMENT': async (t) => {
      const namespace = await t.namespace('put');
      const messages = putMessages(t.bytes('unknown kind'), { kind: 99 });
      await t.refused('AIFS.PutAsset', messages, 'INVALID_ARGUMENT', { field: 'kind' }, { namespace });
      const id = idOf(t.bytes('unknown kind'));
      await t.refused('AIFS.GetAsset', { asset_id: id }, 'NOT_FOUND', {}, { namespace });
    },

    'metadata takes any Unicode, in keys and values': async (t) => {
      const namespace = await t.namespace('put');
      const metadata = {
        plain: 'text',
        empty: '',
        'ключ': 'значение',
        '键': '值',
        '🗝️ with spaces': '👩‍👩‍👧‍👦 and 𝔘𝔫𝔦𝔠𝔬𝔡𝔢',
        'عربي': 'من اليمين',
        composed: '\u00e9',
        decomposed: 'e\u0301',
        controls: 'tab\tline\nreturn\r escape\u001b',
        nul: 'before\u0000after',
        edges: '\uffff \ufffd \u{10ffff} \ufeff',
        quotes: `'";--\\%_`,
        constructor: 'an inherited name in some languages',
        long: 'ü'.repeat(1000),
      };
      const id = await t.put(t.bytes('unicode'), { metadata }, { namespace });
      t.fields((await t.get(id, { namespace })).metadata, { metadata }, 'AssetMetadata');
    },

    'an embedding is accepted': async (t) => {
      const namespace = await t.namespace('put');
      const content = t.bytes('embedding');
      const id = await t.put(content, { kind: 'EMBED', embedding: float32(0.25, -1, 3, 0.5) }, { namespace });
      await holds(t, id, content, { namespace });
    },

    'without a namespace the asset is in default': async (t) => {
      const content = t.bytes('default namespace');
      const id = await t.put(content, {});
      await holds(t, id, content, {});
      await holds(t, id, content, { namespace: 'default' });
    },

    'eight puts of the same bytes at once make one asset': async (t) => {
      const namespace = await t.namespace('together');
      const content = t.bytes('together', 200_000);
      const ids = await Promise.all(Array.from({ length: 8 }, () => t.put(content, {}, { namespace })));
      t.equal(new Set(ids).size, 1, 'number of ids');
      const { assets } = await t.call('AIFS.ListAssets', {}, { namespace });
      t.equal(assets.map((asset) => asset.asset_id), [ids[0]], 'assets in the list');
    },
  },
};
