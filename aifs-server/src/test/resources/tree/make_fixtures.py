#!/usr/bin/env python3
"""Writes the trees beside it, from docs/format/tree.md alone, without any AIFS code.

Run it only to add a fixture: the ones that are there must be readable for ever. Each file has the nodes of a small
tree, children before parents, or the root alone, and a proof of every 400th entry.
"""

import pathlib
import struct

HERE = pathlib.Path(__file__).parent
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
    blocks = [content[i:i + 64] for i in range(0, len(content), 64)] or [b""]
    chaining = IV
    for i, block in enumerate(blocks):
        flags = (START if i == 0 else 0) | (END | root if i == len(blocks) - 1 else 0)
        value = compress(chaining, block, number, flags)
        chaining = struct.unpack("<8I", value)
    return value


def half(count):
    """The largest power of two below count."""
    return 1 << ((count - 1).bit_length() - 1)


def blake3(content, number=0, root=ROOT):
    chunks = max(1, -(-len(content) // 1024))
    if chunks == 1:
        return chunk_value(content, number, root)
    left = half(chunks)
    pair = blake3(content[:1024 * left], number, 0) + blake3(content[1024 * left:], number + left, 0)
    return compress(IV, pair, 0, PARENT | root)


assert blake3(b"").hex().startswith("af1349b9f5f9a1a6")


def content_of(entry):
    if entry[0] == "file":
        _, mode, _, kind, size, asset = entry
        return 0, struct.pack(">BBQ", bool(mode & 0o111), kind, size) + asset
    if entry[0] == "symlink":
        return 1, struct.pack(">H", len(entry[3])) + entry[3]
    return 2, b""


def merkle(hashes):
    if len(hashes) == 1:
        return hashes[0]
    k = half(len(hashes))
    return blake3(b"\1" + merkle(hashes[:k]) + merkle(hashes[k:]))


def beside(hashes, index):
    """(on the left?, hash) from the leaf up."""
    if len(hashes) == 1:
        return []
    k = half(len(hashes))
    if index < k:
        return beside(hashes[:k], index) + [(False, merkle(hashes[k:]))]
    return beside(hashes[k:], index - k) + [(True, merkle(hashes[:k]))]


class Node:
    """items: (key, weight, bytes behind the key, leaf hash, child or None, entries, sum, longest)"""

    def __init__(self, level, items):
        self.level, self.items, self.key = level, items, items[0][0]
        out, before = struct.pack(">BBH", 1, level, len(items)), b""
        for key, _, rest, *_ in items:
            common = 0
            while common < min(len(key), len(before)) and key[common] == before[common]:
                common += 1
            out += struct.pack(">HH", common, len(key) - common) + key[common:] + rest
            before = key
        self.bytes, self.id = out, blake3(out)
        self.hashes = [item[3] for item in items]
        self.merkle = merkle(self.hashes)
        self.entries, self.sum = sum(item[5] for item in items), sum(item[6] for item in items)
        self.longest = max(item[7] for item in items)
        assert len(out) <= 16384


def leaf_item(path, entry):
    key, (kind, content) = path.encode(), content_of(entry)
    digest = blake3(b"\0" + struct.pack(">H", len(key)) + key + bytes([kind]) + content)
    rest = struct.pack(">BHq", kind, entry[1], entry[2]) + (content[1:] if kind == 0 else content)
    size = entry[4] if kind == 0 else 0
    weight = 15 + len(key) + (41 if kind == 0 else len(content))
    return key, weight, rest, digest, None, 1, size, len(key)


def child_item(node):
    rest = node.id + node.merkle + struct.pack(">QQH", node.entries, node.sum, node.longest)
    digest = blake3(bytes([2, node.level]) + node.merkle)
    return node.key, 86 + len(node.key), rest, digest, node, node.entries, node.sum, node.longest


def cut(level, items):
    nodes, start, w, candidates = [], 0, 0, []
    for i, (key, weight, *_) in enumerate(items):
        w += weight
        if w < 512 or (level and i == start):
            continue
        number = int.from_bytes(blake3(bytes([level]) + key)[:4], "big")
        if not candidates or w < 4608:
            candidates.append((number, w))
        low = min(candidates)[1]
        if number * 8192 < weight << 32 or w - low >= 3500 or w >= 8160:
            nodes.append(Node(level, items[start:i + 1]))
            start, w, candidates = i + 1, 0, []
    if start < len(items):
        nodes.append(Node(level, items[start:]))
    return nodes


def prove(root, key):
    steps, node = [], root
    while True:
        index = max(i for i, item in enumerate(node.items) if item[0] <= key)
        way = beside(node.hashes, index)
        sides = sum(1 << i for i, (left, _) in enumerate(way) if left)
        steps.insert(0, struct.pack(">BH", len(way), sides) + b"".join(digest for _, digest in way))
        if node.level == 0:
            return bytes([1, len(steps)]) + b"".join(steps)
        node = node.items[index][4]


def write(name, entries, with_nodes):
    items = sorted(leaf_item(path, entry) for path, entry in entries.items())
    lines, level = [], 0
    while True:
        nodes = cut(level, items)
        if with_nodes:
            lines += [f"node {node.bytes.hex()}" for node in nodes]
        if len(nodes) == 1:
            break
        items, level = [child_item(node) for node in nodes], level + 1
    root = nodes[0]
    lines.append(f"root {root.id.hex()} {root.merkle.hex()} {root.entries} {root.sum} {root.longest} {level}")
    for path in sorted(entries, key=str.encode)[::400]:
        lines.append(f"proof {path.encode().hex()} {prove(root, path.encode()).hex()}")
    HERE.joinpath(name + ".txt").write_text("\n".join(lines) + "\n")


def asset(i):
    return blake3(struct.pack(">I", i))


def numbered(count, path):
    return {path(i): ("file", 0o755 if i % 7 == 0 else 0o644, i * 1_000_000_007, i % 4, i * i, asset(i))
            for i in range(count)}


write("one", {"a": ("file", 0o644, 0, 0, 0, asset(0))}, True)
write("kinds", {
    "blob": ("file", 0o644, 1_790_000_000_123_456_789, 0, 12, asset(1)),
    "tensor": ("file", 0o755, -1, 1, 1 << 48, asset(2)),
    "embed": ("file", 0o4001, 0, 2, 0, asset(3)),
    "blob-1/artifact": ("file", 0o600, 5, 3, 7, asset(4)),
    "blob-1": ("directory", 0o755, 9),
    "link": ("symlink", 0o777, 3, "../où/\U0001F600".encode()),
    "\U0001F600": ("directory", 0o7777, 0),
    "\uFFFD": ("symlink", 0, 0, b"a"),
    "\x01\x7f": ("file", 0, 0, 0, 1, asset(5)),
}, True)
write("hundred", numbered(100, lambda i: f"data/{i % 3}/file-{i:03d}.bin"), True)
write("thousands", numbered(3_000, lambda i: f"train/{i % 13:02d}/sample-{i:05d}.png"), False)
write("long", numbered(60, lambda i: "/".join([f"{i:02d}" + "x" * (250 - i)] * 15)), False)
