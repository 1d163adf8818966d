#!/usr/bin/env python3
"""Writes the fixtures beside it from the pages in docs/format alone, without any AIFS code.

Needs the package cryptography. Run it only to add a fixture: the ones that are there must be readable
for ever.
"""

import importlib.util
import pathlib
import struct

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

HERE = pathlib.Path(__file__).resolve().parent
KEYS = HERE / "../../../../../aifs-crypto/src/test/resources/keys/make_fixtures.py"
SPEC = importlib.util.spec_from_file_location("keys", KEYS)
MODULE = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(MODULE)
blake3 = MODULE.blake3  # of at most 1,024 bytes

STORE = "5707e1d0000000000000000000000001"
NAMESPACE = "models_2026"
TIME = 1_795_680_000_123_456
TIME_TEXT = "2026-11-26T08:00:00.123456+00:00"
NOTHING = blake3(b"")
EMPTY = NOTHING, NOTHING, 0, 0, 0


def key(number):
    return Ed25519PrivateKey.from_private_bytes(bytes([number]) * 32)


def public(private):
    return private.public_key().public_bytes(
        serialization.Encoding.Raw, serialization.PublicFormat.Raw)


def key_id(private):
    return blake3(public(private))[:16]


def text16(text):
    return struct.pack(">H", len(text.encode())) + text.encode()


def text32(text):
    return struct.pack(">I", len(text.encode())) + text.encode()


def root(node, merkle, entries, size, longest):
    return node + merkle + struct.pack(">QQI", entries, size, longest)


def notes(author, message, metadata):
    out = text16(author) + text32(message) + struct.pack(">H", len(metadata))
    for name in sorted(metadata, key=str.encode):
        out += text16(name) + text32(metadata[name])
    return out


def claim(paths, unnamed, time, parents, noted, private):
    return (b"AIFSNAP\0\0\1" + text16(STORE) + text16(NAMESPACE) + root(*paths) + root(*unnamed)
            + struct.pack(">qB", time, len(parents)) + b"".join(parents) + blake3(noted) + key_id(private))


def snapshot(name, paths, unnamed, time, time_text, parents, noted, private):
    claimed = claim(paths, unnamed, time, parents, noted, private)
    merkle_root = blake3(b"\3" + paths[1] + unnamed[1])
    (HERE / f"{name}.statement").write_bytes(claimed + noted)
    (HERE / f"{name}.signature").write_bytes(private.sign(b"aifs snapshot v1\0" + claimed))
    (HERE / f"{name}.id").write_text(blake3(f"{merkle_root.hex()}:{time_text}".encode()).hex()[:32] + "\n")


def public_part(private, time, before=None):
    said = text16(STORE) + text16(NAMESPACE) + struct.pack(">q", time) + public(private)
    said += b"\0" if before is None else b"\1" + key_id(before)
    signers = [private] + ([] if before is None else [before])
    return said + b"".join(signer.sign(b"aifs signing key v1\0" + said) for signer in signers)


def proof(private, content, executable):
    """Of a tensor, the second of two entries in a leaf that is the first of two."""
    path = "models/w.bin"
    entry = bytes([0, executable, 1]) + struct.pack(">Q", len(content)) + blake3(content)
    leaf = blake3(b"\0" + text16(path) + entry)
    beside = b"\7" * 32, b"\x08" * 32
    node = blake3(b"\1" + beside[0] + leaf)
    merkle = blake3(b"\1" + blake3(b"\2\0" + node) + beside[1])
    way = b"\1\2" + b"\1\0\1" + beside[0] + b"\1\0\0" + beside[1]
    claimed = claim((b"\x09" * 32, merkle, 4, 99, 12), EMPTY, TIME, [], notes("", "", {}), private)
    signed = private.sign(b"aifs snapshot v1\0" + claimed)
    return (b"AIFSPRF\0\0\1" + struct.pack(">H", len(claimed)) + claimed + signed + public(private)
            + b"\0" + text16(path) + entry + struct.pack(">H", len(way)) + way)


def main():
    (HERE / "entry.proof").write_bytes(proof(key(1), b"weights", 1))
    full = notes("Ada", "run 812: more \u00e4pfel", {"b": "2", "a": "1", "\uff5e": "after", "\U0001f600": "last"})
    snapshot(
        "full",
        (b"\1" * 32, b"\2" * 32, 1_000_000, 1 << 40, 200),
        (b"\3" * 32, b"\4" * 32, 7, 70, 64),
        TIME, TIME_TEXT, [b"\xa1" * 16, b"\xb2" * 16], full, key(1))
    snapshot("least", EMPTY, EMPTY, 0, "1970-01-01T00:00:00.000000+00:00", [], notes("", "", {}), key(1))
    (HERE / "key-1.public").write_bytes(public_part(key(1), TIME))
    (HERE / "key-2.public").write_bytes(public_part(key(2), TIME + 2_000_000, key(1)))


if __name__ == "__main__":
    main()
