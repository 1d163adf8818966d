import { idOf } from '../lib/content.mjs';
import { edge, sameEdges } from '../lib/edges.mjs';
import { malformedIds } from '../lib/malformed.mjs';
import { isString } from '../lib/trial.mjs';

const gone = { reason: 'ASSET_DELETED' };

async function remove(t, id, namespace, force = false) {
  const reply = await t.call('AIFS.DeleteAsset', { asset_id: id, force }, { namespace });
  t.fields(reply, { success: true, message: isString }, 'DeleteAsset');
}

async function family(t, namespace, label) {
  const parent = await t.put(t.bytes(`${label} parent`), {}, { namespace });
  const child = await t.put(t.bytes(`${label} child`), { parents: [edge(parent, 'copy')] }, { namespace });
  return { parent, child };
}

export default {
  topic: 'delete',
  cases: {
    'a deleted asset is gone from get, verify and list at once': async (t) => {
      const namespace = await t.namespace('delete-list');
      const kept = await t.put(t.bytes('kept'), {}, { namespace });
      const id = await t.put(t.bytes('deleted'), {}, { namespace });
      await remove(t, id, namespace);
      for (const include_data of [false, true]) {
        await t.refused('AIFS.GetAsset', { asset_id: id, include_data }, 'NOT_FOUND', gone, { namespace });
      }
      await t.refused('AIFS.VerifyAsset', { asset_id: id }, 'NOT_FOUND', gone, { namespace });
      const { assets } = await t.call('AIFS.ListAssets', {}, { namespace });
      t.equal(assets.map((asset) => asset.asset_id), [kept], 'assets in the list');
    },

    'a second delete is NOT_FOUND, with force too': async (t) => {
      const namespace = await t.namespace('delete');
      const id = await t.put(t.bytes('deleted twice'), {}, { namespace });
      await remove(t, id, namespace);
      for (const force of [false, true]) {
        await t.refused('AIFS.DeleteAsset', { asset_id: id, force }, 'NOT_FOUND', {}, { namespace });
      }
    },

    'an asset with a child is refused, and the child is named': async (t) => {
      const namespace = await t.namespace('delete');
      const { parent, child } = await family(t, namespace, 'refused');
      const request = { asset_id: parent, force: false };
      await t.refused('AIFS.DeleteAsset', request, 'FAILED_PRECONDITION', { says: new RegExp(child) }, { namespace });
      t.fields(await t.get(parent, { namespace }), { children: [child] }, 'the parent is still there');
    },

    'force deletes it, and the lineage of the child stays': async (t) => {
      const namespace = await t.namespace('delete');
      const { parent, child } = await family(t, namespace, 'forced');
      await remove(t, parent, namespace, true);
      await t.refused('AIFS.GetAsset', { asset_id: parent }, 'NOT_FOUND', gone, { namespace });
      const reply = await t.get(child, { namespace });
      sameEdges(t, reply, [edge(parent, 'copy')], 'edges of the child');
      t.ok(t.bytes('forced child').equals(reply.data), 'the bytes of the child are there');
    },

    'once its children are deleted, a parent needs no force': async (t) => {
      const namespace = await t.namespace('delete');
      const { parent, child } = await family(t, namespace, 'bottom up');
      await remove(t, child, namespace);
      await remove(t, parent, namespace);
    },

    'the same bytes put again revive it': async (t) => {
      const namespace = await t.namespace('delete-revive');
      const content = t.bytes('revived', 2_000);
      const id = await t.put(content, { metadata: { life: 'first' } }, { namespace });
      await remove(t, id, namespace);
      t.equal(await t.put(content, { metadata: { life: 'second' } }, { namespace }), id, 'id of the revived');
      const reply = await t.get(id, { namespace });
      t.fields(reply, { data: content }, 'the revived');
      t.fields(reply.metadata, { metadata: ({ life }) => life === 'second' }, 'the revived');
      const { assets } = await t.call('AIFS.ListAssets', {}, { namespace });
      t.equal(assets.map((asset) => asset.asset_id), [id], 'assets in the list');
      const verified = await t.call('AIFS.VerifyAsset', { asset_id: id }, { namespace });
      t.fields(verified, { valid: true }, 'the revived');
      await remove(t, id, namespace);
    },

    'an unknown id is NOT_FOUND, and not called deleted': async (t) => {
      const namespace = await t.namespace('delete');
      const request = { asset_id: idOf(t.bytes('never there')) };
      const failure = await t.refused('AIFS.DeleteAsset', request, 'NOT_FOUND', {}, { namespace });
      t.ok(failure?.info?.reason !== 'ASSET_DELETED', 'an asset that never was is not called deleted');
    },

    'a malformed id is INVALID_ARGUMENT': async (t) => {
      const namespace = await t.namespace('delete');
      for (const [why, bad] of Object.entries(malformedIds(idOf(t.bytes('any'))))) {
        const expected = { field: 'asset_id', because: why };
        await t.refused('AIFS.DeleteAsset', { asset_id: bad, force: true }, 'INVALID_ARGUMENT', expected, { namespace });
      }
    },
  },
};
