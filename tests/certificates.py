"""Certificates for servers on this machine, each signed by itself."""

from datetime import timedelta
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.folders import NOW


def make_certificate(file: Path, *names: str) -> None:
    """Writes one of 127.0.0.1 and of these names, with its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "here")])
    address = x509.IPAddress(ip_address("127.0.0.1"))
    reached_at = x509.SubjectAlternativeName([address, *map(x509.DNSName, names)])
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(NOW - timedelta(days=3_650))
        .not_valid_after(NOW + timedelta(days=3_650))
        .add_extension(reached_at, critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    plain = serialization.NoEncryption()
    private = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, plain)
    file.write_bytes(private + made.public_bytes(pem))
