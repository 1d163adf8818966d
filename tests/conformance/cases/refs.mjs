import { isSnapshotId, isString, isText, isTimestamp } from '../lib/trial.mjs';

const done = { success: true, message: isString };
const names = ['', 'snap', 'UPPER', 'a/b', 'ab'.repeat(16), 'ab'.repeat(32), 'x'.repeat(64)];

async function take(t, namespace) {
  return (await t.call('AIFS.CreateSnapshot', { namespace })).snapshot_id;
}

async function branch(t, namespace, branch_name, snapshot_id, metadata = {}) {
  const reply = await t.call('AIFS.CreateBranch', { branch_name, namespace, snapshot_id, metadata });
  t.fields(reply, done, 'CreateBranch');
}

async function tag(t, namespace, tag_name, snapshot_id, metadata = {}) {
  const reply = await t.call('AIFS.CreateTag', { tag_name, namespace, snapshot_id, metadata });
  t.fields(reply, done, 'CreateTag');
}

export default {
  topic: 'refs',
  cases: {
    'main is there from the beginning, and stands at the newest snapshot': async (t) => {
      const namespace = await t.namespace('refs-main');
      const before = await t.call('AIFS.GetBranch', { branch_name: 'main', namespace });
      t.fields(before, { branch_name: 'main', namespace, snapshot_id: isSnapshotId }, 'GetBranch');
      const made = await take(t, namespace);
      const after = await t.call('AIFS.GetBranch', { branch_name: 'main', namespace });
      t.fields(after, { snapshot_id: made }, 'GetBranch after a snapshot');
    },

    'a branch is made, moved, listed and deleted, and its history stays': async (t) => {
      const namespace = await t.namespace('refs-branch');
      const first = await take(t, namespace);
      const second = await take(t, namespace);
      const metadata = { why: 'conformance' };
      await branch(t, namespace, 'side', first, metadata);
      const read = await t.call('AIFS.GetBranch', { branch_name: 'side', namespace });
      const times = { created_at: isTimestamp, updated_at: isTimestamp };
      t.fields(read, { branch_name: 'side', namespace, snapshot_id: first, metadata, ...times }, 'GetBranch');
      await branch(t, namespace, 'side', second);
      const { branches } = await t.call('AIFS.ListBranches', { namespace, limit: 10 });
      t.equal(branches.map((one) => one.branch_name), ['main', 'side'], 'branches');
      const few = await t.call('AIFS.ListBranches', { namespace, limit: 1 });
      t.fields(few, { branches: (list) => list.length === 1 }, 'ListBranches of one');

      const removed = await t.call('AIFS.DeleteBranch', { branch_name: 'side', namespace });
      t.fields(removed, done, 'DeleteBranch');
      await t.refused('AIFS.GetBranch', { branch_name: 'side', namespace }, 'NOT_FOUND', {});
      await t.refused('AIFS.DeleteBranch', { branch_name: 'side', namespace }, 'NOT_FOUND', {});
      const request = { branch_name: 'side', namespace, limit: 10 };
      const reply = await t.call('AIFS.GetBranchHistory', request);
      t.fields(reply, { history: (entries) => entries.length === 3 }, 'GetBranchHistory');
      const [last, moved, made] = reply.history;
      const of = { id: (id) => id > 0, branch_name: 'side', namespace, updated_at: isTimestamp };
      t.fields(last, { ...of, old_snapshot_id: second, new_snapshot_id: '', metadata: {} }, 'the deletion');
      t.fields(moved, { ...of, old_snapshot_id: first, new_snapshot_id: second }, 'the move');
      t.fields(made, { ...of, old_snapshot_id: '', new_snapshot_id: first, metadata }, 'the beginning');
    },

    'a tag names a snapshot for good': async (t) => {
      const namespace = await t.namespace('refs-tag');
      const first = await take(t, namespace);
      const second = await take(t, namespace);
      const metadata = { why: 'conformance' };
      await tag(t, namespace, 'v1', first, metadata);
      const read = await t.call('AIFS.GetTag', { tag_name: 'v1', namespace });
      const expected = { tag_name: 'v1', namespace, snapshot_id: first, created_at: isTimestamp, metadata };
      t.fields(read, expected, 'GetTag');
      const again = { tag_name: 'v1', namespace, snapshot_id: second };
      await t.refused('AIFS.CreateTag', again, 'ALREADY_EXISTS', {});
      const list = await t.call('AIFS.ListTags', { namespace, limit: 10 });
      t.fields(list, { tags: (tags) => tags.length === 1 && tags[0].tag_name === 'v1' }, 'ListTags');
      const removed = await t.call('AIFS.DeleteTag', { tag_name: 'v1', namespace });
      t.fields(removed, { success: true, message: isText }, 'DeleteTag');
      await t.refused('AIFS.GetTag', { tag_name: 'v1', namespace }, 'NOT_FOUND', {});
      await t.refused('AIFS.CreateTag', again, 'ALREADY_EXISTS', {});
      await tag(t, namespace, 'v1', first);
    },

    'refs at snapshots that are not there are NOT_FOUND': async (t) => {
      const namespace = await t.namespace('refs-missing');
      const other = await t.namespace('refs-other');
      for (const snapshot_id of ['0'.repeat(32), await take(t, other)]) {
        await t.refused('AIFS.CreateBranch', { branch_name: 'b', namespace, snapshot_id }, 'NOT_FOUND', {});
        await t.refused('AIFS.CreateTag', { tag_name: 't', namespace, snapshot_id }, 'NOT_FOUND', {});
      }
      await t.refused('AIFS.GetBranchHistory', { branch_name: 'never', namespace }, 'NOT_FOUND', {});
    },

    'names that are none are INVALID_ARGUMENT': async (t) => {
      const namespace = await t.namespace('refs-names');
      const snapshot_id = await take(t, namespace);
      for (const name of names) {
        const because = { because: name };
        await t.refused('AIFS.CreateBranch', { branch_name: name, namespace, snapshot_id }, 'INVALID_ARGUMENT', because);
        await t.refused('AIFS.CreateTag', { tag_name: name, namespace, snapshot_id }, 'INVALID_ARGUMENT', because);
      }
    },

    'main is not deleted': async (t) => {
      const namespace = await t.namespace('refs-main');
      await t.refused('AIFS.DeleteBranch', { branch_name: 'main', namespace }, 'FAILED_PRECONDITION', {});
    },
  },
};
