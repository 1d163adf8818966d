import { float32, idOf } from '../lib/content.mjs';

const closeTo = (wanted) => (score) => Math.abs(score - wanted) < 1e-3;
const ids = (reply) => reply.results.map((result) => result.asset_id);

/** Three assets of one namespace, as three directions. */
async function compass(t) {
  const namespace = await t.namespace('compass');
  const put = (label, embedding, metadata) => t.put(t.bytes(label), { embedding, metadata }, { namespace });
  const east = await put('compass east', float32(1, 0, 0), { way: 'east', side: 'right' });
  const north = await put('compass north', float32(0, 1, 0), { way: 'north' });
  const west = await put('compass west', float32(-1, 0.1, 0), { way: 'west' });
  return { namespace, east, north, west };
}

export default {
  topic: 'search',
  cases: {
    'what was put with an embedding is found at once, nearest first': async (t) => {
      const { namespace, east, north, west } = await compass(t);
      const query = { query_embedding: float32(1, 0.2, 0), k: 10 };
      const reply = await t.call('AIFS.VectorSearch', query, { namespace });
      t.equal(ids(reply), [east, north, west], 'assets, nearest first');
      t.fields(reply, { results: (results) => results.length === 3 }, 'VectorSearchResponse');
      const [first] = reply.results;
      t.fields(first, { asset_id: east, score: closeTo(0.98058), metadata: (found) => found !== null }, 'SearchResult');
      t.fields(
        first.metadata,
        { asset_id: east, kind: 'BLOB', metadata: { way: 'east', side: 'right' } },
        'AssetMetadata of a hit',
      );
    },

    'the identical vector has a score of one, and k cuts': async (t) => {
      const { namespace, north } = await compass(t);
      const query = { query_embedding: float32(0, 1, 0), k: 1 };
      const reply = await t.call('AIFS.VectorSearch', query, { namespace });
      t.equal(ids(reply), [north], 'the nearest');
      t.fields(reply.results[0], { score: closeTo(1) }, 'SearchResult');
    },

    'all entries of a filter must match': async (t) => {
      const { namespace, east } = await compass(t);
      const ask = async (filter) =>
        ids(await t.call('AIFS.VectorSearch', { query_embedding: float32(0, 1, 0), k: 10, filter }, { namespace }));
      t.equal(await ask({ way: 'east' }), [east], 'by one entry');
      t.equal(await ask({ way: 'east', side: 'right' }), [east], 'by both');
      t.equal(await ask({ way: 'east', side: 'left' }), [], 'by one that differs');
      t.equal(await ask({ nobody: 'has this' }), [], 'by a key that nothing has');
    },

    'an embedding replaces the one before, and a delete takes it away': async (t) => {
      const namespace = await t.namespace('search-changes');
      const content = t.bytes('turned');
      const id = await t.put(content, { embedding: float32(1, 0) }, { namespace });
      await t.put(content, { embedding: float32(0, 1) }, { namespace });
      const query = { query_embedding: float32(0, 1), k: 5 };
      const reply = await t.call('AIFS.VectorSearch', query, { namespace });
      t.equal(ids(reply), [id], 'found once');
      t.fields(reply.results[0], { score: closeTo(1) }, 'SearchResult of the new embedding');
      await t.call('AIFS.DeleteAsset', { asset_id: id, force: true }, { namespace });
      t.equal(ids(await t.call('AIFS.VectorSearch', query, { namespace })), [], 'after the delete');
    },

    'an empty namespace gives an empty result': async (t) => {
      const namespace = await t.namespace('search-empty');
      const reply = await t.call('AIFS.VectorSearch', { query_embedding: float32(1, 2), k: 3 }, { namespace });
      t.fields(reply, { results: [] }, 'VectorSearchResponse');
    },

    'nothing of another namespace is found': async (t) => {
      const { east } = await compass(t);
      const namespace = await t.namespace('search-beside');
      const own = await t.put(t.bytes('beside'), { embedding: float32(0, 0, 1) }, { namespace });
      const query = { query_embedding: float32(1, 0, 0), k: 100 };
      const found = ids(await t.call('AIFS.VectorSearch', query, { namespace }));
      t.equal(found, [own], 'assets of this namespace alone');
      t.ok(!found.includes(east), 'the nearest of all is of another namespace');
    },

    'a dimension that no embedding has is INVALID_ARGUMENT': async (t) => {
      const { namespace } = await compass(t);
      for (const query_embedding of [float32(1, 0, 0, 0, 0), Buffer.from([1, 2, 3]), Buffer.alloc(0)]) {
        await t.refused('AIFS.VectorSearch', { query_embedding, k: 3 }, 'INVALID_ARGUMENT', {}, { namespace });
      }
    },

    'values that are no numbers are INVALID_ARGUMENT': async (t) => {
      const { namespace } = await compass(t);
      const query_embedding = float32(1, NaN, 0);
      await t.refused('AIFS.VectorSearch', { query_embedding, k: 3 }, 'INVALID_ARGUMENT', {}, { namespace });
    },

    'a k below one is INVALID_ARGUMENT': async (t) => {
      const { namespace } = await compass(t);
      for (const k of [0, -1]) {
        const expected = { field: 'k', because: `k is ${k}` };
        await t.refused('AIFS.VectorSearch', { query_embedding: float32(1, 0, 0), k }, 'INVALID_ARGUMENT', expected, {
          namespace,
        });
      }
    },

    'an asset without an embedding is never found': async (t) => {
      const namespace = await t.namespace('search-bare');
      const bare = t.bytes('bare');
      await t.put(bare, {}, { namespace });
      const id = await t.put(t.bytes('embedded'), { embedding: float32(1, 1) }, { namespace });
      const found = ids(await t.call('AIFS.VectorSearch', { query_embedding: float32(1, 0), k: 9 }, { namespace }));
      t.equal(found, [id], 'only what has an embedding');
      t.ok(!found.includes(idOf(bare)), 'the other is not there');
    },
  },
};
