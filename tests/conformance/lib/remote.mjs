// Calls a running server. One way to call every shape of method: requests in, replies or an error out.
import { once } from 'node:events';
import grpc from '@grpc/grpc-js';
import { tag } from './coverage.mjs';

const gzip = 2; // grpc-js numbers its compression algorithms: 0 identity, 1 deflate, 2 gzip

const channelOptions = {
  'grpc.max_send_message_length': -1,
  'grpc.max_receive_message_length': -1,
  'grpc.enable_retries': 0,
};

export class Remote {
  #plain;
  #gzip;
  #token;

  constructor(address, token) {
    const credentials = grpc.credentials.createInsecure();
    this.#plain = new grpc.Client(address, credentials, channelOptions);
    this.#gzip = new grpc.Client(address, credentials, {
      ...channelOptions,
      'grpc.default_compression_algorithm': gzip,
    });
    this.#token = token;
  }

  close() {
    this.#plain.close();
    this.#gzip.close();
  }

  /**
   * Makes one call and waits for its end. Options: `namespace` (metadata key `aifs-namespace`),
   * `authorization` (the whole value; '' sends none; by default the session's token), `gzip`, `seconds`;
   * `until` ends a stream that has no end of its own, once it says so of the replies that came.
   */
  async invoke(method, requests, options = {}) {
    const client = options.gzip ? this.#gzip : this.#plain;
    const deadline = Date.now() + (options.seconds ?? 30) * 1000;
    const shape = [method.path, method.requestSerialize, method.responseDeserialize];
    const context = [this.#metadata(options), { deadline }];
    const { requestStream, responseStream } = method;
    let call;
    const outcome = new Promise((resolve) => {
      const single = (error, reply) => resolve({ error, replies: error ? [] : [tag(method.response, reply)] });
      if (requestStream && responseStream) call = client.makeBidiStreamRequest(...shape, ...context);
      else if (requestStream) call = client.makeClientStreamRequest(...shape, ...context, single);
      else if (responseStream) call = client.makeServerStreamRequest(...shape, requests[0], ...context);
      else call = client.makeUnaryRequest(...shape, requests[0], ...context, single);
      if (responseStream) collect(call, method.response, options.until, resolve);
    });
    if (requestStream) await writeAll(call, requests, outcome);
    return outcome;
  }

  #metadata({ namespace, authorization }) {
    const metadata = new grpc.Metadata();
    const value = authorization ?? (this.#token ? `Bearer ${this.#token}` : '');
    if (value) metadata.set('authorization', value);
    if (namespace) metadata.set('aifs-namespace', namespace);
    return metadata;
  }
}

function collect(call, type, until, resolve) {
  const replies = [];
  call.on('data', (reply) => {
    replies.push(tag(type, reply));
    if (until?.(replies)) {
      resolve({ error: null, replies });
      call.cancel();
    }
  });
  call.on('error', (error) => resolve({ error, replies }));
  call.on('end', () => resolve({ error: null, replies }));
}

// A server may end a call while its client still writes: then there is nothing left to wait for.
async function writeAll(call, requests, outcome) {
  let ended = false;
  const end = outcome.then(() => {
    ended = true;
  });
  for (const request of requests) {
    if (ended) return;
    if (!call.write(request)) await Promise.race([once(call, 'drain').catch(() => {}), end]);
  }
  call.end();
}
