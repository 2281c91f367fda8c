"""Tokens of every kind, good and bad, signed with keys that are for these tests alone.

Source: RFC 7515, RFC 8017 section 8.2 (RS256).
"""

import base64
import hashlib
import hmac
import json

_ISSUER_N = (
    "b9b67410d151ccc16108d28e86c6add264f39f7af81e30be20183b00112ceed41a1e99b50891ad9ba432b09a42af9fbfc215"
    "d166282116d5b3112f2e3050a63e42d4366ad06ad63566a4241139af2813c4ea11fb49510926f12e232783ba672381861cbc"
    "8a5a51ad42eb5779beff0625829ad76533ce71c207d1bd428f0ba0a2fd5a02e30ceb364d5681dec76d500e58daa320ebd6cf"
    "7776a1e5eee5c88cd2bed2b911c905a4a22eb73a356f184d951aa3b727173c6cbcba1562b8c810a66fa22143adc3fe73196d"
    "e2eb69af20ee52e4ada4b589001e92f6016086537433f9d3ce9621a3b6852a89c70f9ece6a4bba8837343754bbea751a4c80"
    "ef15f48fb477"
)
_ISSUER_D = (
    "460444711cc1e6dd179cf0697ce5c61e172284c3a36d1a7a6bf646b44945740bb2874bf325766b0a4d9730df0ffa4fd3c7b4"
    "5b1cd54f58611c6083b5b9d08644de044d39eb370468e0b84cc2d3c9366671acc037c9d60c09cb0f5680acd8e7cecaa40a0c"
    "896af0f54e50154c58d6a4761aee0efc60525ab0492b69dc00bb6505b9bb4d827afb669e1416a56b9a036266e7f9b01b3da1"
    "5919bdd0f49163e6e56c4464048b1e8fd8be4f900bf725e51527773c1eedaf4548f74ac323de233929d80df206a973f1e609"
    "523e81259ec1bbee770057af03329384d4139e9a97707f59fc8868ee82332dcfb15a5a82958edc57f2000092f1d7337755af"
    "b7b786293845"
)
_STRANGER_N = (
    "c57beb5657f6278a579ec9f06f29017f69dd6265916975be7a211006f3123ea8c71ebd08a6a4b9b33957ac9aa14f661a2e53"
    "b5c5ef2d818e5fac19d55fb0fc270acbefd16bbfbd07fcfb6ee89f9de4f825255d5a498254cf76d8191f632f1c78976f4aed"
    "16fda80ed8bdd19860bc943373d08be71460d198cf09fde1f01c1f404f6272b4b7895aef93e0d3ff4a72270bb3911b0c4b17"
    "8394aa49566e39415e82a2d0f63d40d3e87d4562adb690af7bd568c02910a5dfb35985e7eed63b66286437714b35caecea51"
    "094671dee59c84580d7f479c54a81eb67d3de3de24bd186d4ba70c4824801331f129c4822b29211fd004681755e9ef507c14"
    "2d11d569613d"
)
_STRANGER_D = (
    "2f4489105e56ec616435fd3b377c0edff69096e1dd236b1b87835ce0f0f29bbd4d85a9b4c5a0355374c4ebab0a33a52a5c8e"
    "cc39ff54bac6ff56c3cb2acf8396fbb252e922fb5e6d284bed20b03dbc65798c9f32c257f7e13d5e9d6ac2146f61dccb3659"
    "97b068767f41b5c65d571db8cffe69520ab25ed08eb3a3491e2db8fbc1ad2e157d80e03f81bbd42dc510c0dd6ab91c61dcf3"
    "9ad6195ed1d40670f948f0de0fe4a03ebb36eed646ff23b54580787e7f922926be51aaa227b16a1c27bc18f0fdfdeacc28c7"
    "77dc529aab6cd3e736066421411d1dc9c36c584795938f585dae432a9297954e65cb22a5efa16255c5d905fce9a6c38d0573"
    "21d0b5982e81"
)

_DIGEST_INFO = bytes.fromhex("3031300d060960864801650304020105000420")
ISSUER = (int(_ISSUER_N, 16), int(_ISSUER_D, 16))
STRANGER = (int(_STRANGER_N, 16), int(_STRANGER_D, 16))
KEY_ID = "k1"


def encoded(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def jwk(key=ISSUER, *, key_id=KEY_ID):
    modulus = key[0].to_bytes(256)
    return {"kty": "RSA", "kid": key_id, "alg": "RS256", "n": encoded(modulus), "e": "AQAB"}


def rs256(key, message):
    digest = _DIGEST_INFO + hashlib.sha256(message).digest()
    padded = b"\x00\x01" + b"\xff" * (256 - len(digest) - 3) + b"\x00" + digest
    return pow(int.from_bytes(padded), key[1], key[0]).to_bytes(256)


def signed(claims, *, key=ISSUER, key_id=KEY_ID, algorithm="RS256"):
    """A token. `HS256` is signed with the public key's text, which some servers take for a shared secret."""
    header = {"alg": algorithm, "typ": "JWT", **({"kid": key_id} if key_id else {})}
    message = ".".join(encoded(json.dumps(part).encode()) for part in (header, claims)).encode()
    if algorithm == "none":
        return message.decode() + "."
    if algorithm == "HS256":
        secret = json.dumps(jwk()).encode()
        return f"{message.decode()}.{encoded(hmac.digest(secret, message, 'sha256'))}"
    return f"{message.decode()}.{encoded(rs256(key, message))}"
