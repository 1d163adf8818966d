// The smallest zstd writer there can be: one frame (RFC 8878) with one raw block, for content of up to 255 bytes.

const magic = Buffer.from([0x28, 0xb5, 0x2f, 0xfd]);
const singleSegment = 0x20; // frame header: one byte of content size follows, no window, no checksum
const lastRawBlock = 1;

/** A frame that decompresses to `content`. */
export function zstdFrame(content) {
  const block = (content.length << 3) | lastRawBlock;
  const header = [singleSegment, content.length, block & 0xff, (block >> 8) & 0xff, (block >> 16) & 0xff];
  return Buffer.concat([magic, Buffer.from(header), content]);
}

/** Whether bytes begin as a zstd frame does. */
export function isZstd(bytes) {
  return bytes.subarray(0, magic.length).equals(magic);
}
