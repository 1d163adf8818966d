"""The other side of MacaroonInteropTest: what pymacaroons makes of the macaroons in a file.

A line of the file is a case: fields with tabs between, texts and keys in hex. A line printed is the
answer to it: three verdicts, the verdicts on the tampered ones, and two macaroons of its own.
"""

import sys

from pymacaroons import MACAROON_V2, Macaroon, Verifier


def verifies(text, key):
    """Whether pymacaroons reads it and finds its signature good."""
    verifier = Verifier()
    verifier.satisfy_general(lambda caveat: True)
    try:
        return verifier.verify(Macaroon.deserialize(text), key)
    except Exception:  # it has many ways to refuse
        return False


def unhex(text):
    return bytes.fromhex(text).decode("utf-8")


def verdicts(*flags):
    return "".join("1" if flag else "0" for flag in flags)


def answer(case):
    key, other_key, location, identifier, caveats, more, token, narrowed, tampered = case.split("\t")
    key = bytes.fromhex(key)
    minted = Macaroon(
        location=unhex(location), identifier=unhex(identifier), key=key, version=MACAROON_V2
    )
    for caveat in filter(None, caveats.split(",")):
        minted.add_first_party_caveat(unhex(caveat))
    narrowed_here = Macaroon.deserialize(token)
    narrowed_here.add_first_party_caveat(unhex(more))
    return "\t".join(
        [
            verdicts(
                verifies(token, key),
                verifies(token, bytes.fromhex(other_key)),
                verifies(narrowed, key),
            ),
            verdicts(*(verifies(text, key) for text in tampered.split(","))),
            minted.serialize(),
            narrowed_here.serialize(),
        ]
    )


with open(sys.argv[1], encoding="ascii") as cases:
    for line in cases:
        print(answer(line.rstrip("\n")))
