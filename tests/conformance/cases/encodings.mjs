import { gunzipSync, gzipSync } from 'node:zlib';
import { decode, encode, methodNamed } from '../lib/contract.mjs';
import { idOf, putMessages } from '../lib/content.mjs';
import { rawCall } from '../lib/raw.mjs';
import { isZstd, zstdFrame } from '../lib/zstd.mjs';

const compress = { identity: (bytes) => bytes, gzip: gzipSync, zstd: zstdFrame };

// One PutAsset of a small content, its message compressed with `encoding`, by a client that accepts `accept`.
async function putRaw(t, content, encoding, accept) {
  const { path } = methodNamed('AIFS.PutAsset');
  const message = encode('aifs.v1.PutAssetRequest', { chunks: [{ data: content }] });
  const body = (compress[encoding] ?? compress.identity)(message);
  return rawCall(t, path, { body, encoding, accept, namespace: await t.namespace('encodings') });
}

// What the reply says, where this client can open it: there is no zstd in Node 20.
function open(reply) {
  if (!reply.compressed) return reply.body;
  return reply.encoding === 'gzip' ? gunzipSync(reply.body) : null;
}

function assertPut(t, reply, content, accept) {
  t.equal(reply.status, '0', 'grpc-status');
  t.ok(['identity', accept].includes(reply.encoding), `the reply is encoded as ${reply.encoding}, ${accept} was accepted`);
  const body = open(reply);
  if (body === null) t.ok(isZstd(reply.body), 'the compressed reply is a zstd frame');
  else t.equal(decode('aifs.v1.PutAssetResponse', body).asset_id, idOf(content), 'asset_id');
}

const raw = {
  topic: 'encodings',
  needs: 'server',
  cases: {
    'gzip requests of a usual client are understood': async (t) => {
      const options = { namespace: await t.namespace('encodings'), gzip: true };
      const content = Buffer.concat([Buffer.alloc(300_000, 'compressible '), t.bytes('gzip', 1_000)]);
      const metadata = { text: 'long '.repeat(500) };
      const id = await t.putStream(putMessages(content, { metadata }, 50_000), content, options);
      const reply = await t.get(id, options);
      t.ok(content.equals(reply.data), 'the bytes come back as they went in');
      t.fields(reply.metadata, { metadata }, 'AssetMetadata');
    },

    'gzip and zstd are advertised': async (t) => {
      const reply = await putRaw(t, t.bytes('advertised'), 'identity', 'identity');
      const advertised = reply.acceptEncoding.split(',').map((name) => name.trim());
      for (const name of ['gzip', 'zstd']) t.ok(advertised.includes(name), `${advertised} has ${name}`);
    },

    'an unknown encoding is UNIMPLEMENTED': async (t) => {
      const reply = await putRaw(t, t.bytes('unknown encoding'), 'x-unknown', 'identity');
      t.equal(reply.status, '12', 'grpc-status');
    },
  },
};

for (const encoding of Object.keys(compress)) {
  raw.cases[`${encoding} goes both ways`] = async (t) => {
    const content = t.bytes(`encoded ${encoding}`);
    assertPut(t, await putRaw(t, content, encoding, encoding), content, encoding);
  };
}

export default raw;
