import { isTimestamp } from '../lib/trial.mjs';

const count = 103;
const defaultPage = 100;

// A namespace with `count` assets, put one after another; gives their ids, newest first.
async function filled(t) {
  const namespace = await t.namespace('list');
  const ids = [];
  for (let index = 0; index < count; index += 1) {
    const attributes = { kind: index % 2 ? 'EMBED' : 'BLOB', metadata: { index: String(index) } };
    ids.unshift(await t.put(t.bytes(`listed ${index}`, 20 + index), attributes, { namespace }));
  }
  return { namespace, ids };
}

const idsOf = (reply) => reply.assets.map((asset) => asset.asset_id);

export default {
  topic: 'list',
  cases: {
    'newest first, in pages by limit and offset, 100 to a page by default': async (t) => {
      const { namespace, ids } = await filled(t);
      const list = (limit, offset) => t.call('AIFS.ListAssets', { limit, offset }, { namespace });

      const page = await list(0, 0);
      t.fields(page, { assets: (assets) => assets.length === defaultPage }, 'the default page');
      t.equal(idsOf(page), ids.slice(0, defaultPage), 'ids of the default page');
      t.equal(idsOf(await list(5, 0)), ids.slice(0, 5), 'the first five');
      t.equal(idsOf(await list(5, 2)), ids.slice(2, 7), 'five after two');
      t.equal(idsOf(await list(0, defaultPage)), ids.slice(defaultPage), 'what the default page leaves');
      t.equal(idsOf(await list(500, 0)), ids, 'a page larger than the default');
      t.equal(idsOf(await list(10, count)), [], 'a page after the end');

      page.assets.forEach((asset, at) => {
        const index = count - 1 - at;
        const expected = {
          asset_id: ids[at],
          kind: index % 2 ? 'EMBED' : 'BLOB',
          size: String(20 + index),
          created_at: isTimestamp,
          metadata: { index: String(index) },
        };
        t.fields(asset, expected, `asset ${index}`);
      });
      const times = page.assets.map((asset) => asset.created_at);
      t.equal(times, [...times].sort().reverse(), 'times never rise');
    },

    'an empty namespace gives an empty list': async (t) => {
      const namespace = await t.namespace('list-empty');
      t.fields(await t.call('AIFS.ListAssets', {}, { namespace }), { assets: [] }, 'ListAssets');
    },

    'a negative limit or offset is INVALID_ARGUMENT': async (t) => {
      const namespace = await t.namespace('list-empty');
      await t.refused('AIFS.ListAssets', { limit: -1 }, 'INVALID_ARGUMENT', { field: 'limit' }, { namespace });
      await t.refused('AIFS.ListAssets', { offset: -1 }, 'INVALID_ARGUMENT', { field: 'offset' }, { namespace });
    },
  },
};
