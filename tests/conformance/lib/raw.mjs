// One gRPC call on plain HTTP/2, for what a gRPC library hides: encodings by name, and the headers of the reply.
import http2 from 'node:http2';

const prefixBytes = 5; // a flag that says compressed, and the length

function framed(body, encoding) {
  const prefix = Buffer.alloc(prefixBytes);
  prefix.writeUInt8(encoding === 'identity' ? 0 : 1, 0);
  prefix.writeUInt32BE(body.length, 1);
  return Buffer.concat([prefix, body]);
}

function headersOf(trial, path, { encoding, accept, namespace }) {
  const headers = {
    ':method': 'POST',
    ':path': path,
    'content-type': 'application/grpc',
    te: 'trailers',
    'grpc-encoding': encoding,
    'grpc-accept-encoding': accept,
    'grpc-timeout': '30S',
    'aifs-namespace': namespace,
  };
  return trial.token ? { ...headers, authorization: `Bearer ${trial.token}` } : headers;
}

/**
 * Sends one message, already compressed with `encoding`, and gives {status, message, encoding, acceptEncoding,
 * compressed, body} of the reply; `body` is as it travelled.
 */
export async function rawCall(trial, path, call) {
  const connection = http2.connect(`http://${trial.address}`);
  try {
    return await new Promise((resolve, reject) => {
      connection.on('error', reject);
      const stream = connection.request(headersOf(trial, path, call));
      const seen = {};
      const parts = [];
      stream.setTimeout(30_000, () => reject(new Error(`no answer to ${path}`)));
      stream.on('response', (headers) => Object.assign(seen, headers));
      stream.on('trailers', (trailers) => Object.assign(seen, trailers));
      stream.on('data', (part) => parts.push(part));
      stream.on('error', reject);
      stream.on('end', () => resolve(replyOf(seen, Buffer.concat(parts))));
      stream.end(framed(call.body, call.encoding));
    });
  } finally {
    connection.close();
  }
}

function replyOf(headers, bytes) {
  return {
    status: headers['grpc-status'],
    message: headers['grpc-message'] ?? '',
    encoding: headers['grpc-encoding'] ?? 'identity',
    acceptEncoding: headers['grpc-accept-encoding'] ?? '',
    compressed: bytes.length > 0 && bytes.readUInt8(0) === 1,
    body: bytes.subarray(prefixBytes),
  };
}
