// Content for the tests: seeded, so that a run can be repeated, and different in every run with another seed.
import { createCipheriv, createHash } from 'node:crypto';
import { blake3 } from '@noble/hashes/blake3.js';

/** `length` bytes that do not compress, the same for the same seed and label. */
export function seededBytes(seed, label, length) {
  const key = createHash('sha256').update(`${seed}/${label}`).digest();
  const stream = createCipheriv('aes-256-ctr', key, Buffer.alloc(16));
  return stream.update(Buffer.alloc(length));
}

/** The asset id of content: its BLAKE3-256 in lower-case hex. */
export function idOf(content) {
  return Buffer.from(blake3(content)).toString('hex');
}

/** Little-endian float32, the form in which embeddings travel. */
export function float32(...values) {
  const bytes = Buffer.alloc(values.length * 4);
  values.forEach((value, index) => bytes.writeFloatLE(value, index * 4));
  return bytes;
}

/** Messages of a PutAsset stream: the attributes with the first, `content` cut into chunks of `size` bytes. */
export function putMessages(content, attributes = {}, size = content.length || 1, chunksPerMessage = 1) {
  const chunks = [];
  for (let at = 0; at < content.length; at += size) chunks.push({ data: content.subarray(at, at + size) });
  const messages = [];
  for (let at = 0; at < chunks.length; at += chunksPerMessage) {
    messages.push({ chunks: chunks.slice(at, at + chunksPerMessage) });
  }
  const [first = {}, ...rest] = messages;
  return [{ ...attributes, ...first }, ...rest];
}
