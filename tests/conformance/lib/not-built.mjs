// The methods that later work builds. Each must answer UNIMPLEMENTED with a reason until then, to a request with
// every field filled. To flip one: delete its entry here and write its cases; the coverage case then demands that
// every field of its reply is asserted.
import { float32 } from './content.mjs';

const namespace = 'default';

/** Short method name -> a request with every field set. */
export const notBuilt = new Map([
  ['AIFS.VectorSearch', { query_embedding: float32(1, 0, 0.5, -1), k: 3, filter: { colour: 'blue' } }],
  ['AIFS.SubscribeEvents', { filter: 'asset', include_lineage: true, include_drift: true }],
  ['Admin.ManagePolicy', { namespace_id: namespace, policy: '{}' }],
]);
