// The methods that later work builds. Each must answer UNIMPLEMENTED with a reason until then, to a request with
// every field filled. To flip one: delete its entry here and write its cases; the coverage case then demands that
// every field of its reply is asserted.
import { float32 } from './content.mjs';

const asset = 'ab'.repeat(32);
const snapshot = 'cd'.repeat(16);
const namespace = 'default';

/** Short method name -> a request with every field set. */
export const notBuilt = new Map([
  ['AIFS.VectorSearch', { query_embedding: float32(1, 0, 0.5, -1), k: 3, filter: { colour: 'blue' } }],
  ['AIFS.CreateSnapshot', { namespace, asset_ids: [asset], metadata: { why: 'conformance' } }],
  ['AIFS.GetSnapshot', { snapshot_id: snapshot }],
  ['AIFS.VerifySnapshot', { snapshot_id: snapshot, public_key: Buffer.alloc(32, 7) }],
  ['AIFS.CreateBranch', { branch_name: 'side', namespace, snapshot_id: snapshot, metadata: { why: 'conformance' } }],
  ['AIFS.GetBranch', { branch_name: 'side', namespace }],
  ['AIFS.ListBranches', { namespace, limit: 10 }],
  ['AIFS.DeleteBranch', { branch_name: 'side', namespace }],
  ['AIFS.GetBranchHistory', { branch_name: 'side', namespace, limit: 10 }],
  ['AIFS.CreateTag', { tag_name: 'v1', namespace, snapshot_id: snapshot, metadata: { why: 'conformance' } }],
  ['AIFS.GetTag', { tag_name: 'v1', namespace }],
  ['AIFS.ListTags', { namespace, limit: 10 }],
  ['AIFS.DeleteTag', { tag_name: 'v1', namespace }],
  ['AIFS.SubscribeEvents', { filter: 'asset', include_lineage: true, include_drift: true }],
  ['Admin.PruneSnapshot', { snapshot_id: snapshot }],
  ['Admin.ManagePolicy', { namespace_id: namespace, policy: '{}' }],
]);
