import { idOf, putMessages } from '../lib/content.mjs';
import { edge, sameEdges } from '../lib/edges.mjs';

const unknownId = (t) => idOf(t.bytes('never put'));
const digest = (letter) => letter.repeat(64);

export default {
  topic: 'lineage',
  cases: {
    'parents come back with the asset, and children with the parent': async (t) => {
      const namespace = await t.namespace('lineage');
      const first = await t.put(t.bytes('first parent'), {}, { namespace });
      const second = await t.put(t.bytes('second parent'), {}, { namespace });
      const parents = [edge(first, 'resize', digest('a')), edge(second, 'mélange 🎨', digest('b'))];
      const child = await t.put(t.bytes('child'), { parents }, { namespace });
      const other = await t.put(t.bytes('other child'), { parents: [edge(first)] }, { namespace });

      const reply = await t.get(child, { namespace });
      sameEdges(t, reply, parents, 'edges of the child');
      t.fields(reply, { children: [] }, 'the child');
      const above = await t.get(first, { namespace });
      t.fields(above, { parents: [], children: (ids) => ids.length === 2 }, 'the first parent');
      t.equal([...above.children].sort(), [child, other].sort(), 'children of the first parent');
      t.fields(await t.get(second, { namespace }), { children: [child] }, 'the second parent');
    },

    'one parent by two transforms is two edges and one child': async (t) => {
      const namespace = await t.namespace('lineage');
      const parent = await t.put(t.bytes('twice a parent'), {}, { namespace });
      const parents = [edge(parent, 'crop', digest('a')), edge(parent, 'crop', digest('b')), edge(parent, 'blur')];
      const child = await t.put(t.bytes('child by transforms'), { parents }, { namespace });
      sameEdges(t, await t.get(child, { namespace }), parents, 'edges of the child');
      t.fields(await t.get(parent, { namespace }), { children: [child] }, 'the parent');
    },

    'the same edge given twice is one edge': async (t) => {
      const namespace = await t.namespace('lineage');
      const parent = await t.put(t.bytes('repeated parent'), {}, { namespace });
      const one = edge(parent, 'copy', digest('c'));
      const child = await t.put(t.bytes('child of a repeat'), { parents: [one, one] }, { namespace });
      sameEdges(t, await t.get(child, { namespace }), [one], 'edges of the child');
    },

    'a missing parent is FAILED_PRECONDITION, and nothing is put': async (t) => {
      const namespace = await t.namespace('lineage');
      const parent = await t.put(t.bytes('present parent'), {}, { namespace });
      const content = t.bytes('orphan');
      const messages = putMessages(content, { parents: [edge(parent), edge(unknownId(t))] });
      await t.refused('AIFS.PutAsset', messages, 'FAILED_PRECONDITION', {}, { namespace });
      await t.refused('AIFS.GetAsset', { asset_id: idOf(content) }, 'NOT_FOUND', {}, { namespace });
      t.fields(await t.get(parent, { namespace }), { children: [] }, 'the present parent');
    },

    'a malformed parent id is INVALID_ARGUMENT': async (t) => {
      const namespace = await t.namespace('lineage');
      for (const bad of ['', 'not an id', digest('A')]) {
        const messages = putMessages(t.bytes('bad parent'), { parents: [edge(bad, 'copy')] });
        const expected = { field: 'parent_asset_id', because: JSON.stringify(bad) };
        await t.refused('AIFS.PutAsset', messages, 'INVALID_ARGUMENT', expected, { namespace });
      }
    },

    'a cycle of two is FAILED_PRECONDITION, and changes nothing': async (t) => {
      const namespace = await t.namespace('lineage');
      const top = t.bytes('top of two');
      const topId = await t.put(top, {}, { namespace });
      const bottom = await t.put(t.bytes('bottom of two'), { parents: [edge(topId)] }, { namespace });
      const messages = putMessages(top, { parents: [edge(bottom)], metadata: { never: 'seen' } });
      await t.refused('AIFS.PutAsset', messages, 'FAILED_PRECONDITION', {}, { namespace });
      const reply = await t.get(topId, { namespace });
      t.fields(reply, { parents: [], children: [bottom] }, 'the top');
      t.fields(reply.metadata, { metadata: {} }, 'the top');
    },

    'a longer cycle is FAILED_PRECONDITION': async (t) => {
      const namespace = await t.namespace('lineage');
      const root = t.bytes('root of five');
      let last = await t.put(root, {}, { namespace });
      for (let depth = 1; depth < 5; depth += 1) {
        last = await t.put(t.bytes(`depth ${depth} of five`), { parents: [edge(last)] }, { namespace });
      }
      const messages = putMessages(root, { parents: [edge(last)] });
      await t.refused('AIFS.PutAsset', messages, 'FAILED_PRECONDITION', {}, { namespace });
    },

    'an asset cannot be its own parent': async (t) => {
      const namespace = await t.namespace('lineage');
      const content = t.bytes('own parent');
      const messages = putMessages(content, { parents: [edge(idOf(content))] });
      await t.refused('AIFS.PutAsset', messages, 'FAILED_PRECONDITION', { because: 'before it exists' }, { namespace });
      await t.put(content, {}, { namespace });
      await t.refused('AIFS.PutAsset', messages, 'FAILED_PRECONDITION', { because: 'once it exists' }, { namespace });
    },

    'a parent in another namespace is answered as a missing one': async (t) => {
      const namespace = await t.namespace('lineage');
      const elsewhere = await t.put(t.bytes('elsewhere'), {}, { namespace: await t.namespace('elsewhere') });
      const put = (parent) =>
        t.refused(
          'AIFS.PutAsset',
          putMessages(t.bytes('child across'), { parents: [edge(parent)] }),
          'FAILED_PRECONDITION',
          {},
          { namespace },
        );
      const across = await put(elsewhere);
      const missing = await put(unknownId(t));
      t.equal(across?.info?.reason, missing?.info?.reason, 'reason');
      t.equal(across?.message.replace(elsewhere, 'ID'), missing?.message.replace(unknownId(t), 'ID'), 'message');
    },
  },
};
