// Stands in for a server in the self-check: every call is answered at once, with every field of its reply filled.
// Nothing it says is judged; it only lets every case run to its end, so that what the cases touch can be counted.
import grpc from '@grpc/grpc-js';
import { enums, messages } from './contract.mjs';
import { tag } from './coverage.mjs';

const samples = {
  TYPE_STRING: 'sample',
  TYPE_BYTES: Buffer.from('sample'),
  TYPE_BOOL: true,
  TYPE_INT64: '1',
  TYPE_INT32: 1,
  TYPE_FLOAT: 0.5,
};

function sample(type) {
  return Object.fromEntries(messages.get(type).map((field) => [field.name, sampleField(field)]));
}

function sampleField(field) {
  if (field.map) return { sample: 'sample' };
  const one = sampleOne(field);
  return field.repeated ? [one] : one;
}

function sampleOne(field) {
  if (field.type === 'TYPE_MESSAGE') return sample(field.refers);
  if (field.type === 'TYPE_ENUM') return enums.get(field.refers)[0].name;
  return samples[field.type];
}

export class Rehearsal {
  async invoke(method, requests, options, expected) {
    if (expected === 'refusal') {
      const error = { code: grpc.status.UNKNOWN, details: 'rehearsed', metadata: new grpc.Metadata() };
      return { error, replies: [] };
    }
    return { error: null, replies: [tag(method.response, sample(method.response))] };
  }

  close() {}
}
