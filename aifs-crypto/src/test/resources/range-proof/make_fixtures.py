#!/usr/bin/env python3
"""Writes the range proofs beside it, from docs/format/range-proof.md alone, without any AIFS code.

Run it only to add a fixture: the ones that are there must be readable for ever.
"""

import pathlib
import struct

HERE = pathlib.Path(__file__).parent
CONTENT = bytes((i * 2654435761 >> 24) & 0xFF for i in range(150_000))
RANGES = {
    "middle": (150_000, 70_000, 5_000),
    "end": (150_000, 149_000, 1_000),
    "whole": (150_000, 0, 150_000),
    "nothing": (150_000, 65_536, 0),
    "one-chunk": (1_000, 10, 90),
    "empty": (0, 0, 0),
}

IV = (0x6A09E667, 0xBB67AE85, 0x3C6EF372, 0xA54FF53A, 0x510E527F, 0x9B05688C, 0x1F83D9AB, 0x5BE0CD19)
ORDER = (2, 6, 3, 10, 7, 0, 4, 13, 1, 11, 12, 5, 9, 14, 15, 8)
MASK = 0xFFFFFFFF
START, END, PARENT, ROOT = 1, 2, 4, 8


def compress(chaining, block, counter, flags):
    v = [*chaining, *IV[:4], counter & MASK, counter >> 32, len(block), flags]
    m = struct.unpack("<16I", block.ljust(64, b"\0"))

    def mix(a, b, c, d, x, y):
        for word, first, second in ((x, 16, 12), (y, 8, 7)):
            v[a] = (v[a] + v[b] + word) & MASK
            v[d] = ((v[d] ^ v[a]) >> first | (v[d] ^ v[a]) << (32 - first)) & MASK
            v[c] = (v[c] + v[d]) & MASK
            v[b] = ((v[b] ^ v[c]) >> second | (v[b] ^ v[c]) << (32 - second)) & MASK

    for _ in range(7):
        for i in range(4):
            mix(i, i + 4, i + 8, i + 12, m[2 * i], m[2 * i + 1])
        for i in range(4):
            mix(i, (i + 1) % 4 + 4, (i + 2) % 4 + 8, (i + 3) % 4 + 12, m[2 * i + 8], m[2 * i + 9])
        m = [m[i] for i in ORDER]
    return struct.pack("<8I", *(v[i] ^ v[i + 8] for i in range(8)))


def chunk_value(content, number, root):
    data = content[1024 * number:1024 * number + 1024]
    blocks = [data[i:i + 64] for i in range(0, len(data), 64)] or [b""]
    chaining = IV
    for i, block in enumerate(blocks):
        flags = (START if i == 0 else 0) | (END | root if i == len(blocks) - 1 else 0)
        value = compress(chaining, block, number, flags)
        chaining = struct.unpack("<8I", value)
    return value


def split(count):
    left = 1
    while left * 2 < count:
        left *= 2
    return left


def value(content, first, count, root=0):
    if count == 1:
        return chunk_value(content, first, root)
    left = split(count)
    pair = value(content, first, left) + value(content, first + left, count - left)
    return compress(IV, pair, 0, PARENT | root)


def proof(content, offset, length):
    """From the root down, which the page does not say: what is below is hidden, shown, or split."""
    size, end = len(content), offset + length
    count = max(1, -(-size // 1024))
    touched = range(offset // 1024, -(-end // 1024))
    before, after = [], []

    def walk(first, number):
        shown = any(c in touched for c in range(first, first + number)) or first + number == count
        if not shown:
            (before if first < touched.start else after).append(value(content, first, number))
        elif number > 1:
            left = split(number)
            walk(first, left)
            walk(first + left, number - left)

    walk(0, count)
    tail = b"" if count - 1 in touched else content[1024 * (count - 1):]
    return b"".join((
        b"AIFRANGE", struct.pack(">H", 1), value(content, 0, count, ROOT), struct.pack(">QQQ", size, offset, length),
        *before, content[1024 * touched.start:offset], content[end:min(size, 1024 * touched.stop)], *after, tail))


for name, (size, offset, length) in RANGES.items():
    HERE.joinpath(name + ".aifsproof").write_bytes(proof(CONTENT[:size], offset, length))
