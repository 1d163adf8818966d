// What a run has really touched: every call, every request field sent, every response field asserted.
import { contractMethods, contractPackage, enums, messages, methodNamed } from './contract.mjs';

const tags = new WeakMap();

// A field counts as sent only with a value that travels: proto3 leaves defaults out.
function travels(field, value) {
  if (value === undefined || value === null) return false;
  if (field.repeated) return value.length > 0;
  if (field.map) return Object.keys(value).length > 0;
  if (field.type === 'TYPE_MESSAGE') return true;
  if (field.type === 'TYPE_BYTES' || field.type === 'TYPE_STRING') return value.length > 0;
  if (field.type === 'TYPE_ENUM') {
    const [first] = enums.get(field.refers);
    return value !== first.name && value !== first.number;
  }
  return value !== false && Number(value) !== 0;
}

const each = (field, value) => (field.repeated ? value : [value]);

/** Remembers of which message type each object in a reply is, so that assertions can be counted. */
export function tag(type, reply) {
  tags.set(reply, type);
  for (const field of messages.get(type) ?? []) {
    if (field.type !== 'TYPE_MESSAGE' || field.map || !reply[field.name]) continue;
    for (const inner of each(field, reply[field.name])) tag(field.refers, inner);
  }
  return reply;
}

export class Coverage {
  #called = new Set();
  #sent = new Set();
  #asserted = new Set();

  sent(methodName, requests) {
    this.#called.add(methodName);
    for (const request of requests) this.#sentMessage(methodNamed(methodName).request, request);
  }

  #sentMessage(type, object) {
    for (const field of messages.get(type)) {
      const value = object[field.name];
      if (!travels(field, value)) continue;
      this.#sent.add(`${type}.${field.name}`);
      if (field.type !== 'TYPE_MESSAGE' || field.map) continue;
      for (const inner of each(field, value)) this.#sentMessage(field.refers, inner);
    }
  }

  asserted(reply, fieldName) {
    const type = tags.get(reply);
    if (type === undefined) throw new Error(`field ${fieldName} asserted on something that is not a reply`);
    if (!messages.get(type).some((field) => field.name === fieldName)) {
      throw new Error(`${type} has no field ${fieldName}`);
    }
    this.#asserted.add(`${type}.${fieldName}`);
  }

  /** One line for each method never called, request field never sent and response field never asserted. */
  gaps() {
    const gaps = [];
    const requests = new Set();
    const replies = new Set();
    for (const name of contractMethods) {
      if (!this.#called.has(name)) gaps.push(`${name} has no case`);
      reach(methodNamed(name).request, requests);
      reach(methodNamed(name).response, replies);
    }
    gaps.push(...missing(requests, this.#sent, 'was never sent'));
    gaps.push(...missing(replies, this.#asserted, 'was never asserted'));
    return gaps;
  }
}

function reach(type, into) {
  if (into.has(type) || !type.startsWith(contractPackage)) return;
  into.add(type);
  for (const field of messages.get(type)) {
    if (field.type === 'TYPE_MESSAGE' && !field.map) reach(field.refers, into);
  }
}

function missing(types, touched, what) {
  return [...types].flatMap((type) =>
    messages
      .get(type)
      .filter((field) => !touched.has(`${type}.${field.name}`))
      .map((field) => `${type}.${field.name} ${what}`),
  );
}
