import { idOf } from '../lib/content.mjs';
import { isSnapshotId, isString, isText, isTimestamp } from '../lib/trial.mjs';

const isRoot = (text) => /^[0-9a-f]{64}$/.test(text);
const unknown = '0'.repeat(32);

async function take(t, namespace, request = {}) {
  const reply = await t.call('AIFS.CreateSnapshot', { namespace, ...request });
  t.fields(reply, { snapshot_id: isSnapshotId, merkle_root: isRoot }, 'CreateSnapshot');
  return reply;
}

export default {
  topic: 'snapshots',
  cases: {
    'a snapshot with ids holds exactly those': async (t) => {
      const namespace = await t.namespace('snapshots');
      const one = await t.put(t.bytes('in the snapshot'), {}, { namespace });
      await t.put(t.bytes('not in the snapshot'), {}, { namespace });
      const metadata = { run: '812' };
      const made = await take(t, namespace, { asset_ids: [one], metadata });
      const reply = await t.call('AIFS.GetSnapshot', { snapshot_id: made.snapshot_id }, { namespace });
      t.fields(
        reply,
        {
          snapshot_id: made.snapshot_id,
          namespace,
          merkle_root: made.merkle_root,
          created_at: isTimestamp,
          metadata,
          asset_ids: [one],
        },
        'GetSnapshot',
      );
      const text = Buffer.from(`${reply.merkle_root}:${reply.created_at}`);
      t.equal(idOf(text).slice(0, 32), made.snapshot_id, 'the id is that of root and time');
    },

    'a snapshot without ids holds what main holds, and a later put changes nothing in it': async (t) => {
      const namespace = await t.namespace('snapshot-main');
      const one = await t.put(t.bytes('main one'), {}, { namespace });
      const made = await take(t, namespace, { asset_ids: [], metadata: {} });
      await t.put(t.bytes('main two'), {}, { namespace });
      const reply = await t.call('AIFS.GetSnapshot', { snapshot_id: made.snapshot_id }, { namespace });
      t.equal(reply.asset_ids, [one], 'ids of the snapshot');
      const again = await take(t, namespace);
      t.ok(again.snapshot_id !== made.snapshot_id, 'the next one has another id');
    },

    'equal content gives the equal root': async (t) => {
      const namespace = await t.namespace('snapshots');
      const one = await t.put(t.bytes('equal one'), {}, { namespace });
      const two = await t.put(t.bytes('equal two'), {}, { namespace });
      const forth = await take(t, namespace, { asset_ids: [one, two] });
      const back = await take(t, namespace, { asset_ids: [two, one, two] });
      t.equal(back.merkle_root, forth.merkle_root, 'the root');
    },

    'a snapshot verifies, and not with the key of somebody else': async (t) => {
      const namespace = await t.namespace('snapshots');
      const made = await take(t, namespace, { asset_ids: [await t.put(t.bytes('verified'), {}, { namespace })] });
      const good = await t.call('AIFS.VerifySnapshot', { snapshot_id: made.snapshot_id }, { namespace });
      const root = made.merkle_root;
      t.fields(good, { valid: true, message: isString, merkle_root: root, signature_valid: true }, 'VerifySnapshot');
      // The base point of the curve: a public key that nobody here has signed with.
      const public_key = Buffer.from('5866666666666666666666666666666666666666666666666666666666666666', 'hex');
      const request = { snapshot_id: made.snapshot_id, public_key };
      const bad = await t.call('AIFS.VerifySnapshot', request, { namespace });
      t.fields(bad, { valid: false, message: isText, signature_valid: false }, 'with a wrong key');
    },

    'unknown assets, snapshots and those of other namespaces are NOT_FOUND': async (t) => {
      const namespace = await t.namespace('snapshots');
      const other = await t.namespace('snapshots-other');
      const one = await t.put(t.bytes('of one namespace'), {}, { namespace });
      const made = await take(t, namespace, { asset_ids: [one] });
      for (const asset of [one, idOf(t.bytes('never put'))]) {
        await t.refused('AIFS.CreateSnapshot', { namespace: other, asset_ids: [asset] }, 'NOT_FOUND', {});
      }
      for (const snapshot_id of [made.snapshot_id, unknown]) {
        const missing = { reason: 'SNAPSHOT_NOT_FOUND' };
        await t.refused('AIFS.GetSnapshot', { snapshot_id }, 'NOT_FOUND', missing, { namespace: other });
        await t.refused('AIFS.VerifySnapshot', { snapshot_id }, 'NOT_FOUND', missing, { namespace: other });
        await t.refused('Admin.PruneSnapshot', { snapshot_id }, 'NOT_FOUND', missing, { namespace: other });
      }
    },

    'a snapshot of a deleted asset is NOT_FOUND': async (t) => {
      const namespace = await t.namespace('snapshots');
      const id = await t.put(t.bytes('deleted before the snapshot'), {}, { namespace });
      await t.call('AIFS.DeleteAsset', { asset_id: id }, { namespace });
      const expected = { reason: 'ASSET_DELETED' };
      await t.refused('AIFS.CreateSnapshot', { namespace, asset_ids: [id] }, 'NOT_FOUND', expected);
    },

    'malformed ids are INVALID_ARGUMENT': async (t) => {
      const namespace = await t.namespace('snapshots');
      for (const snapshot_id of ['', 'x', unknown.toUpperCase().replace('0', 'A'), `${unknown}0`]) {
        const expected = { field: 'snapshot_id', because: snapshot_id };
        await t.refused('AIFS.GetSnapshot', { snapshot_id }, 'INVALID_ARGUMENT', expected, { namespace });
      }
      await t.refused('AIFS.CreateSnapshot', { namespace, asset_ids: ['x'] }, 'INVALID_ARGUMENT', {});
    },

    'a pruned snapshot is gone': async (t) => {
      const namespace = await t.namespace('snapshots');
      const made = await take(t, namespace, { asset_ids: [await t.put(t.bytes('pruned'), {}, { namespace })] });
      const { snapshot_id } = made;
      t.fields(await t.call('Admin.PruneSnapshot', { snapshot_id }, { namespace }), { success: true }, 'PruneSnapshot');
      await t.refused('AIFS.GetSnapshot', { snapshot_id }, 'NOT_FOUND', { reason: 'SNAPSHOT_PRUNED' }, { namespace });
    },
  },
};
