#!/usr/bin/env python3
"""Writes the fixtures beside it, and aifs-server's, from docs/format/keys.md and vector-index.md alone, without any AIFS code.

Needs the package cryptography (48 or later). Run it only to add a fixture: the ones that are
there must be readable for ever.
"""

import base64
import hashlib
import hmac
import pathlib
import struct

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.keywrap import aes_key_wrap

HERE = pathlib.Path(__file__).parent
SERVER = HERE / "../../../../../aifs-server/src/test/resources/keys"
VECTORS = SERVER / "../vector"
DOMAIN = bytes(range(0x10, 0x20))
ROOT_KEY = bytes(range(0x20, 0x40))
EPOCH_KEY = bytes(range(0x40, 0x60))
CHUNK_ID_KEY = bytes(range(0x60, 0x80))
DATA_KEY = bytes(range(0x80, 0xA0))
CONTENT = b"what was sealed once must open for ever\n"

IV = struct.unpack(">8I", bytes.fromhex(
    "6a09e667bb67ae853c6ef372a54ff53a510e527f9b05688c1f83d9ab5be0cd19"))
ORDER = (2, 6, 3, 10, 7, 0, 4, 13, 1, 11, 12, 5, 9, 14, 15, 8)
MASK = 0xFFFFFFFF


def compress(chaining, block, length, flags):
    v = [*chaining, *IV[:4], 0, 0, length, flags]
    m = list(struct.unpack("<16I", block.ljust(64, b"\0")))

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
    return [v[i] ^ v[i + 8] for i in range(8)]


def blake3(data, length=32, key=None, context=None):
    """BLAKE3 of at most one chunk, 1,024 bytes: all that is needed here."""
    assert len(data) <= 1024 and length <= 32
    chaining, mode = IV, 0
    if key is not None:
        chaining, mode = struct.unpack("<8I", key), 16
    if context is not None:
        chaining, mode = one_chunk(IV, context.encode(), 32), 64
    return struct.pack("<8I", *one_chunk(chaining, data, mode))[:length]


def one_chunk(chaining, data, mode):
    blocks = [data[i : i + 64] for i in range(0, len(data), 64)] or [b""]
    for i, block in enumerate(blocks):
        flags = mode | (1 if i == 0 else 0) | (2 | 8 if i == len(blocks) - 1 else 0)
        chaining = compress(chaining, block, len(block), flags)
    return chaining


def text(value):
    return struct.pack(">H", len(value)) + value


def checked(line):
    return line + "-" + blake3(line.encode(), 4).hex()


def derive(context, material, length=32):
    return blake3(material, length, context=context)


ROOT_TEXT = checked("aifs-root-key-1:" + ROOT_KEY.hex())
CHECK = derive("aifs 2026-11-21 root key check value v1", ROOT_KEY, 8).hex()


def key_file(version, purpose, domain, number, kek, wrapped, public=b""):
    body = b"AIFSKEY\0" + struct.pack(">HB", version, purpose) + text(domain)
    body += struct.pack(">I", number) + public + text(kek) + text(wrapped)
    return body + blake3(body)


def context(purpose, domain, number):
    return b"AIFSKEY\0" + struct.pack(">HB", 1, purpose) + text(domain) + struct.pack(">I", number)


def kek_file(domain=b"store"):
    kek_id = domain + b".1.0a1b2c3d"
    key = derive("aifs 2026-11-21 key-encryption key wrapping v1", ROOT_KEY + kek_id)
    nonce = bytes(range(12))
    kek = bytes(range(0xA0, 0xC0))
    wrapped = nonce + AESGCM(key).encrypt(nonce, kek, context(1, domain, 1))
    return key_file(1, 1, domain, 1, b"root:" + CHECK.encode(), wrapped)


def signing_file(seed, number, said_before=b"\0", before=None):
    """The signing key of namespace papers; its public part is as docs/format/snapshot.md says."""
    key = Ed25519PrivateKey.from_private_bytes(seed)
    raw = serialization.Encoding.Raw, serialization.PublicFormat.Raw
    said = text(b"5707e1d0") + text(b"papers") + struct.pack(">q", 1_795_680_000_123_456)
    said += key.public_key().public_bytes(*raw) + said_before
    signers = [key] + ([] if before is None else [Ed25519PrivateKey.from_private_bytes(before)])
    public = text(said + b"".join(s.sign(b"aifs signing key v1\0" + said) for s in signers))
    domain = DOMAIN.hex().encode()
    kek_id = domain + b".1.0a1b2c3d"
    nonce = bytes(range(36, 48))
    aad = b"aifs-kek-1" + text(kek_id) + context(5, domain, number) + public
    wrapped = nonce + AESGCM(bytes(range(0xA0, 0xC0))).encrypt(nonce, seed, aad)
    return key_file(1, 5, domain, number, kek_id, wrapped, public)


def second_signing_file():
    first, second = bytes([1]) * 32, bytes([2]) * 32
    raw = serialization.Encoding.Raw, serialization.PublicFormat.Raw
    public = Ed25519PrivateKey.from_private_bytes(first).public_key().public_bytes(*raw)
    return signing_file(second, 2, b"\1" + blake3(public)[:16], first)


def token_file():
    kek_id = b"store.1.0a1b2c3d"
    nonce = bytes(range(12, 24))
    aad = b"aifs-kek-1" + text(kek_id) + context(4, b"store", 1)
    token_key = bytes(range(0xC0, 0xE0))
    wrapped = nonce + AESGCM(bytes(range(0xA0, 0xC0))).encrypt(nonce, token_key, aad)
    return key_file(1, 4, b"store", 1, kek_id, wrapped)


def stored_id(record_type, content):
    digest = blake3(content)
    data = digest if record_type == 1 else bytes([record_type]) + digest
    return blake3(data, key=CHUNK_ID_KEY)


def sealed(record_type, codec):
    aad = b"\x01" + DOMAIN + bytes([record_type]) + stored_id(record_type, CONTENT)
    aad += struct.pack(">IB", len(CONTENT), codec)
    return aes_key_wrap(EPOCH_KEY, DATA_KEY) + AESGCM(DATA_KEY).encrypt(bytes(12), CONTENT, aad)


def vector_file(content):
    """docs/format/vector-index.md, of a single frame."""
    file_id = bytes(range(0xC0, 0xD0))
    place = text(STORE.encode()) + struct.pack(">Q", 7) + text(b"words") + bytes(range(0xA0, 0xB0))
    place += text(b"_0.vec") + file_id + struct.pack(">QQB", len(content), 0, 1)
    stored = blake3(bytes([6]) + blake3(place), key=CHUNK_ID_KEY)
    aad = b"\x01" + DOMAIN + b"\x06" + stored + struct.pack(">IB", len(content), 0)
    payload = aes_key_wrap(EPOCH_KEY, DATA_KEY) + AESGCM(DATA_KEY).encrypt(bytes(12), content, aad)
    header = b"AIFSvec\x01" + struct.pack(">Q", len(content)) + file_id
    return header + struct.pack(">I", 1) + payload


def recovery(lines):
    body = "".join(line + "\n" for line in lines)
    return (
        "# Instructions for people stand here.\n\n-----BEGIN AIFS RECOVERY FILE-----\n"
        + body
        + "checksum: " + blake3(body.encode()).hex()
        + "\n-----END AIFS RECOVERY FILE-----\n"
    )


STORE = "000102030405060708090a0b0c0d0e0f"
CREATED = "2026-11-21T12:34:56Z"


def recovery_sealed():
    salt = bytes(range(16))
    parameters = checked("aifs-argon2id-1:m=64,t=2,p=1,salt=" + salt.hex())
    key = Argon2id(salt=salt, length=32, iterations=2, lanes=1, memory_cost=64).derive(
        "correct horse battery staple".encode()
    )
    nonce = bytes(range(24, 36))
    aad = f"aifs-recovery-1\n{STORE}\n{CREATED}\n{CHECK}\n".encode()
    box = nonce + AESGCM(key).encrypt(nonce, ROOT_TEXT.encode(), aad)
    return [
        "version: 1",
        "store: " + STORE,
        "created: " + CREATED,
        "check: " + CHECK,
        "passphrase: " + parameters,
        "sealed: " + base64.urlsafe_b64encode(box).rstrip(b"=").decode(),
    ]


def macaroon(location, key, identifier, *caveats):
    """libmacaroons' version 2 in URL-safe base64, first-party caveats only."""
    field = lambda kind, value: bytes([kind, len(value)]) + value  # all shorter than 128 bytes
    mac = lambda key, value: hmac.new(key, value, hashlib.sha256).digest()
    signature = mac(mac(b"macaroons-key-generator", key), identifier)
    out = b"\x02" + field(1, location) + field(2, identifier) + b"\0"
    for caveat in caveats:
        signature = mac(signature, caveat)
        out += field(2, caveat) + b"\0"
    return base64.urlsafe_b64encode(out + b"\0" + field(6, signature)).rstrip(b"=").decode()


def write(name, data, directory=HERE):
    (directory / name).write_bytes(data if isinstance(data, bytes) else data.encode())


write("vector-file.sealed", vector_file(CONTENT), VECTORS)
write("vector-empty.sealed", vector_file(b""), VECTORS)
write("kek.key", kek_file())
write("kek.key", kek_file(), SERVER)
write("token-root.key", token_file(), SERVER)
write("domain-kek.key", kek_file(DOMAIN.hex().encode()), SERVER)
write("signing-1.key", signing_file(bytes([1]) * 32, 1), SERVER)
write("signing-2.key", second_signing_file(), SERVER)
write("domain-epoch.key", key_file(1, 2, DOMAIN.hex().encode(), 7, b"kms:any/id", bytes(range(60))))
write("newer-version.key", key_file(2, 2, DOMAIN.hex().encode(), 7, b"kms:any/id", bytes(range(60))))
write("root.key", ROOT_TEXT + "\n")
write("sealed-chunk.bin", sealed(1, 0))
write("sealed-tree-node.bin", sealed(3, 2))
write("recovery-plain.txt", recovery(
    ["version: 1", "store: " + STORE, "created: " + CREATED, "check: " + CHECK, "key: " + ROOT_TEXT]
))
write("recovery-sealed.txt", recovery(recovery_sealed()))
write("recovery-newer.txt", recovery(["version: 2", "other: things"]))
write("macaroon.txt", macaroon(
    b"aifs", ROOT_KEY, b"token-1:fixture",
    b"namespace = models", "path = /größe/模型".encode()) + "\n")
assert blake3(b"").hex() == "af1349b9f5f9a1a6a0404dea36dcc9499bcb25c9adc112b7cc9a93cae41f3262"
