"""Certificates for tests: a client's with names, and a server's for this machine."""

import datetime as dt
from functools import cache
from ipaddress import ip_address

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID


@cache
def made_key():
    return ec.generate_private_key(ec.SECP256R1())


def built(names, *, subject, is_authority=False):
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, subject)])
    now = dt.datetime.now(dt.UTC)
    builder = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(made_key().public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(x509.BasicConstraints(ca=is_authority, path_length=None), critical=True)
    )
    if names:
        builder = builder.add_extension(x509.SubjectAlternativeName(names), critical=False)
    return builder.sign(made_key(), hashes.SHA256()).public_bytes(serialization.Encoding.PEM).decode()


def client_certificate(names, *, subject):
    """PEM with these names: those with a scheme are URIs."""
    listed = [x509.UniformResourceIdentifier(each) if "://" in each else x509.DNSName(each) for each in names]
    return built(listed, subject=subject)


def server_files(folder):
    """Paths of the certificate and the key of a server at 127.0.0.1."""
    certificate, key = folder / "certificate.pem", folder / "key.pem"
    certificate.write_text(built([x509.IPAddress(ip_address("127.0.0.1"))], subject="keys", is_authority=True))
    key.write_bytes(
        made_key().private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
    return certificate, key
