// What a case holds in its hands: calls, refusals and assertions. Assertions do not stop a case; they are counted,
// and all that failed are printed below its line.
import { inspect, isDeepStrictEqual } from 'node:util';
import { methodNamed } from './contract.mjs';
import { idOf, putMessages, seededBytes } from './content.mjs';
import { failureOf, faultsInDetails } from './failure.mjs';

const brief = (value) => inspect(value, { depth: 4, breakLength: Infinity, maxStringLength: 200, maxArrayLength: 12 });

/** ISO-8601 in UTC with microseconds. */
export const isTimestamp = (text) => /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}\+00:00$/.test(text);
export const isText = (value) => typeof value === 'string' && value.length > 0;
export const isSnapshotId = (text) => /^[0-9a-f]{32}$/.test(text);
export const isString = (value) => typeof value === 'string';

export class Trial {
  failures = [];
  #session;

  /** `session`: {transport, coverage, seed, address, token, namespaces}. */
  constructor(session) {
    this.#session = session;
  }

  get seed() {
    return this.#session.seed;
  }

  get address() {
    return this.#session.address;
  }

  get token() {
    return this.#session.token;
  }

  ok(condition, claim) {
    if (!condition) this.failures.push(claim);
  }

  equal(actual, expected, claim) {
    this.ok(isDeepStrictEqual(actual, expected), `${claim}: got ${brief(actual)}, expected ${brief(expected)}`);
  }

  /** Asserts fields of a reply: a function is a predicate, anything else the value that is expected. */
  fields(reply, expected, claim) {
    if (!reply) {
      this.failures.push(`${claim}: the message is absent`);
      return;
    }
    for (const [name, wanted] of Object.entries(expected)) {
      this.#session.coverage.asserted(reply, name);
      const what = `${claim}: ${name}`;
      if (typeof wanted === 'function') this.ok(wanted(reply[name]), `${what} is ${brief(reply[name])}`);
      else this.equal(reply[name], wanted, what);
    }
  }

  /** Makes a call that must succeed and gives its reply (or its replies, where the method streams them). */
  async call(name, request, options) {
    const { error, replies, method } = await this.#invoke(name, request, options, 'reply');
    if (error) {
      const failure = failureOf(error);
      const details = failure.info ? ` [${failure.info.reason}]` : '';
      throw new Error(`${name} failed: ${failure.code} ${failure.message}${details}`);
    }
    return method.responseStream ? replies : replies[0];
  }

  /**
   * Makes a call that must fail with this code, a message, and details that decode. `reason` and `field` are what
   * ErrorInfo and BadRequest must say; `says` is a pattern of the message; `details: false` asks for the code alone,
   * where the refusal comes from the transport below the service.
   */
  async refused(name, request, code, expected = {}, options) {
    const { error } = await this.#invoke(name, request, options, 'refusal');
    const label = expected.because ? `${name} (${expected.because})` : name;
    if (!error) {
      this.failures.push(`${label} succeeded, expected ${code}`);
      return null;
    }
    const failure = failureOf(error);
    this.ok(failure.code === code, `${label}: ${failure.code} ${failure.message}, expected ${code}`);
    if (expected.details === false) return failure;
    this.ok(isText(failure.message), `${label}: the status has no message`);
    if (expected.says) this.ok(expected.says.test(failure.message), `${label}: ${failure.message} lacks ${expected.says}`);
    for (const fault of faultsInDetails(failure, expected)) this.failures.push(`${label}: ${fault}`);
    return failure;
  }

  /** Makes a call that may go either way: gives {reply, failure}, one of them null. */
  async attempt(name, request, options) {
    const { error, replies } = await this.#invoke(name, request, options, 'reply');
    return error ? { reply: null, failure: failureOf(error) } : { reply: replies[0], failure: null };
  }

  async #invoke(name, request, options, expected) {
    const method = methodNamed(name);
    const requests = Array.isArray(request) ? request : [request];
    // A call with another identity tests that identity, not the method.
    if (options?.authorization === undefined) this.#session.coverage.sent(name, requests);
    return { ...(await this.#session.transport.invoke(method, requests, options, expected)), method };
  }

  bytes(label, length = 64) {
    return seededBytes(this.seed, label, length);
  }

  /** Puts content in one message, asserts that the id is its digest, and gives the id. */
  async put(content, attributes, options) {
    return this.putStream(putMessages(content, attributes), content, options);
  }

  /** The same with messages of one's own. */
  async putStream(messages, content, options) {
    const id = idOf(content);
    const reply = await this.call('AIFS.PutAsset', messages, options);
    this.fields(reply, { asset_id: id }, 'PutAsset');
    return id;
  }

  async get(id, options) {
    return this.call('AIFS.GetAsset', { asset_id: id, include_data: true }, options);
  }

  /** The name of a namespace of this run, created when first asked for. */
  async namespace(label) {
    const name = `conf-${this.seed}-${label}`;
    if (!this.#session.namespaces.has(name)) {
      const reply = await this.call('Admin.CreateNamespace', { name });
      this.fields(reply, { success: true, namespace_id: isText }, 'CreateNamespace');
      this.#session.namespaces.set(name, reply.namespace_id);
    }
    return name;
  }

  /** The id that the server gave to a namespace of this run. */
  namespaceId(name) {
    return this.#session.namespaces.get(name);
  }
}
