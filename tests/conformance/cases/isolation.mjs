import { putMessages } from '../lib/content.mjs';

const both = async (t) => [await t.namespace('here'), await t.namespace('there')];

export default {
  topic: 'isolation',
  cases: {
    'an asset of one namespace is NOT_FOUND in every other': async (t) => {
      const [here, there] = await both(t);
      const content = t.bytes('only here');
      const id = await t.put(content, {}, { namespace: here });
      for (const namespace of [there, undefined]) {
        await t.refused('AIFS.GetAsset', { asset_id: id }, 'NOT_FOUND', {}, { namespace });
        await t.refused('AIFS.VerifyAsset', { asset_id: id }, 'NOT_FOUND', {}, { namespace });
        await t.refused('AIFS.DeleteAsset', { asset_id: id, force: true }, 'NOT_FOUND', {}, { namespace });
        const { assets } = await t.call('AIFS.ListAssets', {}, { namespace });
        t.ok(assets.every((asset) => asset.asset_id !== id), `the list of ${namespace} lacks it`);
      }
      t.ok(content.equals((await t.get(id, { namespace: here })).data), 'it is still there');
    },

    'the same bytes in two namespaces are two assets': async (t) => {
      const [here, there] = await both(t);
      const content = t.bytes('in both', 3_000);
      const id = await t.put(content, { kind: 'TENSOR', metadata: { where: 'here' } }, { namespace: here });
      await t.put(content, { kind: 'EMBED', metadata: { there: 'yes' } }, { namespace: there });
      const seen = async (namespace) => (await t.get(id, { namespace })).metadata;
      t.fields(await seen(here), { kind: 'TENSOR', metadata: { where: 'here' } }, 'here');
      t.fields(await seen(there), { kind: 'EMBED', metadata: { there: 'yes' } }, 'there');
      await t.call('AIFS.DeleteAsset', { asset_id: id }, { namespace: here });
      await t.refused('AIFS.GetAsset', { asset_id: id }, 'NOT_FOUND', { reason: 'ASSET_DELETED' }, { namespace: here });
      t.ok(content.equals((await t.get(id, { namespace: there })).data), 'there it is untouched');
    },

    'a namespace that does not exist is NOT_FOUND, and is not made by a put': async (t) => {
      const namespace = `conf-${t.seed}-nowhere`;
      await t.refused('AIFS.PutAsset', putMessages(t.bytes('nowhere')), 'NOT_FOUND', {}, { namespace });
      await t.refused('AIFS.ListAssets', {}, 'NOT_FOUND', {}, { namespace });
    },

    'a namespace that no namespace can be named is INVALID_ARGUMENT': async (t) => {
      await t.refused('AIFS.ListAssets', {}, 'INVALID_ARGUMENT', {}, { namespace: 'No Such/Name' });
    },
  },
};
