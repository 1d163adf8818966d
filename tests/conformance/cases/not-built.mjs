import { methodNamed } from '../lib/contract.mjs';
import { notBuilt } from '../lib/not-built.mjs';

const refusal = (name, request) => async (t) => {
  await t.refused(name, methodNamed(name).requestStream ? [request] : request, 'UNIMPLEMENTED');
};

export default {
  topic: 'not built',
  cases: Object.fromEntries(
    [...notBuilt].map(([name, request]) => [`${name} is UNIMPLEMENTED with a reason`, refusal(name, request)]),
  ),
};
