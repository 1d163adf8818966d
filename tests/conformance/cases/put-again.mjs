import { readFileSync } from 'node:fs';
import { float32, putMessages } from '../lib/content.mjs';
import { edge, sameEdges } from '../lib/edges.mjs';

export default {
  topic: 'put again',
  cases: {
    'the same bytes give the same id and add no asset': async (t) => {
      const namespace = await t.namespace('again-list');
      const content = t.bytes('put twice', 5_000);
      const id = await t.put(content, { metadata: { a: '1' } }, { namespace });
      const before = await t.get(id, { namespace });
      t.equal(await t.put(content, { metadata: { a: '1' } }, { namespace }), id, 'second id');
      const { assets } = await t.call('AIFS.ListAssets', {}, { namespace });
      t.equal(assets.map((asset) => asset.asset_id), [id], 'assets in the list');
      const after = await t.get(id, { namespace });
      t.fields(after.metadata, { created_at: before.metadata.created_at, metadata: { a: '1' } }, 'AssetMetadata');
      t.ok(content.equals(after.data), 'the bytes are the same');
    },

    'metadata is united, and an existing key takes the new value': async (t) => {
      const namespace = await t.namespace('again');
      const content = t.bytes('metadata united');
      const id = await t.put(content, { metadata: { kept: 'old', changed: 'old' } }, { namespace });
      await t.put(content, { metadata: { changed: 'new', added: 'new' } }, { namespace });
      const reply = await t.get(id, { namespace });
      t.fields(reply.metadata, { metadata: { kept: 'old', changed: 'new', added: 'new' } }, 'AssetMetadata');
    },

    'parents are united by id, transform and digest': async (t) => {
      const namespace = await t.namespace('again');
      const one = await t.put(t.bytes('united parent one'), {}, { namespace });
      const two = await t.put(t.bytes('united parent two'), {}, { namespace });
      const content = t.bytes('parents united');
      const digest = 'a'.repeat(64);
      const first = [edge(one, 'crop', digest)];
      const second = [edge(one, 'crop', digest), edge(one, 'blur', digest), edge(one, 'crop'), edge(two, 'crop', digest)];
      const id = await t.put(content, { parents: first }, { namespace });
      await t.put(content, { parents: second }, { namespace });
      await t.put(content, {}, { namespace });
      sameEdges(t, await t.get(id, { namespace }), second, 'united edges');
    },

    'a BLOB may become each of the typed kinds if the bytes are a payload of it, and no other': async (t) => {
      const namespace = await t.namespace('again-kinds');
      for (const kind of ['TENSOR', 'EMBED', 'ARTIFACT']) {
        const other = t.bytes(`no payload of ${kind}`);
        const plain = await t.put(other, { kind: 'BLOB' }, { namespace });
        await t.refused('AIFS.PutAsset', putMessages(other, { kind }), 'INVALID_ARGUMENT', { because: kind }, { namespace });
        t.fields((await t.get(plain, { namespace })).metadata, { kind: 'BLOB' }, 'AssetMetadata');
        const content = readFileSync(new URL(`../payloads/${kind}`, import.meta.url));
        const id = await t.put(content, { kind: 'BLOB' }, { namespace });
        await t.put(content, { kind }, { namespace });
        t.fields((await t.get(id, { namespace })).metadata, { kind }, 'AssetMetadata');
      }
    },

    'any other change of kind is FAILED_PRECONDITION, and changes nothing': async (t) => {
      const namespace = await t.namespace('again');
      for (const [from, to] of [['TENSOR', 'EMBED'], ['EMBED', 'ARTIFACT'], ['ARTIFACT', 'TENSOR'], ['TENSOR', 'BLOB']]) {
        const content = t.bytes(`${from} to ${to}`);
        const id = await t.put(content, { kind: from }, { namespace });
        const messages = putMessages(content, { kind: to, metadata: { never: 'seen' } });
        const expected = { because: `${from} to ${to}` };
        await t.refused('AIFS.PutAsset', messages, 'FAILED_PRECONDITION', expected, { namespace });
        t.fields((await t.get(id, { namespace })).metadata, { kind: from, metadata: {} }, `${from} to ${to}`);
      }
    },

    'an embedding may be replaced': async (t) => {
      const namespace = await t.namespace('again');
      const content = t.bytes('embedding replaced');
      const id = await t.put(content, { embedding: float32(1, 0, 0) }, { namespace });
      t.equal(await t.put(content, { embedding: float32(0, 1, 0) }, { namespace }), id, 'second id');
    },
  },
};
