// Parent edges, as they are sent and as they come back.

export function edge(parent, name = '', transform = '') {
  return { parent_asset_id: parent, transform_name: name, transform_digest: transform };
}

const line = (one) => `${one.parent_asset_id} ${one.transform_name} ${one.transform_digest}`;

/** Asserts that the edges of a GetAsset reply are these, in any order. */
export function sameEdges(t, reply, expected, claim) {
  const wanted = [...expected].sort((a, b) => (line(a) < line(b) ? -1 : 1));
  const found = [...reply.parents].sort((a, b) => (line(a) < line(b) ? -1 : 1));
  t.fields(reply, { parents: (parents) => parents.length === wanted.length }, claim);
  found.slice(0, wanted.length).forEach((one, index) => t.fields(one, wanted[index], claim));
}
