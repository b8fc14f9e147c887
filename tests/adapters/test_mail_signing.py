"""Mail is signed as it goes over the wire, and a receiver that knows the public key finds it whole."""

import base64
from dataclasses import replace

import dkim
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from tasks.adapters.home import SetupError, open_home
from tasks.adapters.mail import open_transport, to_bytes
from tasks.adapters.mail.signing import read_signer
from tasks.adapters.settings import Settings
from tests.adapters.mail_servers import Inbox, real_server
from tests.adapters.test_mail_message import MAIL

SENDER = "Sở Lao động - Thương binh và Xã hội <nhac@so.example>"
LONG = replace(MAIL, sender=SENDER, subject="Nhắc gửi báo cáo kết quả thực hiện kế hoạch, " * 4)
FORMATS = {
    "PKCS1": serialization.PrivateFormat.TraditionalOpenSSL,
    "PKCS8": serialization.PrivateFormat.PKCS8,
}


@pytest.fixture(scope="module")
def pair():
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


@pytest.fixture(params=FORMATS)
def key_file(request, pair, tmp_path):
    file = tmp_path / "dkim.pem"
    file.write_bytes(
        pair.private_bytes(serialization.Encoding.PEM, FORMATS[request.param], serialization.NoEncryption())
    )
    return file


def verified(data, pair, where=b"thu._domainkey.so.example."):
    """As a receiving server looks: the public key is asked for under selector and domain."""
    der = pair.public_key().public_bytes(
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    known = {where: b"v=DKIM1; k=rsa; p=" + base64.b64encode(der)}
    return dkim.verify(data, dnsfunc=lambda name, timeout=5: known.get(name))


def sent(signer, tmp_path, *mails):
    inbox = Inbox()
    with (
        real_server(inbox) as port,
        open_transport(f"smtp://127.0.0.1:{port}", tmp_path, signer) as transport,
    ):
        for mail in mails:
            transport.send(mail)
    return [envelope.original_content for envelope in inbox.envelopes]


def test_what_arrives_carries_a_signature_that_holds(key_file, pair, tmp_path):
    signer = read_signer(str(key_file), "thu", SENDER)
    for data in sent(signer, tmp_path, replace(MAIL, sender=SENDER), LONG):
        assert data.startswith(b"DKIM-Signature:")
        assert b"d=so.example" in data.replace(b"\r\n ", b" ")
        assert verified(data, pair)


def test_a_signature_breaks_when_a_word_of_the_subject_or_a_byte_of_the_form_is_changed(
    key_file, pair, tmp_path
):
    (data,) = sent(
        read_signer(str(key_file), "thu", SENDER), tmp_path, replace(MAIL, subject="Nhac gui", sender=SENDER)
    )
    assert verified(data, pair)
    assert not verified(data.replace(b"Nhac gui", b"Nhac gi"), pair)
    place = data.rindex(b"base64")
    assert not verified(data[:place] + data[place:].replace(b"A", b"B", 1), pair)
    assert not verified(data, rsa.generate_private_key(public_exponent=65537, key_size=2048))


def test_without_a_key_the_bytes_are_the_plain_message(tmp_path):
    assert read_signer("", "", SENDER) is None
    assert sent(None, tmp_path, MAIL) == [to_bytes(MAIL)]


@pytest.mark.parametrize(
    ("key", "selector", "said"),
    [
        ("dkim.pem", "", "together"),
        ("", "thu", "together"),
        ("absent.pem", "thu", "cannot be read"),
        ("words.txt", "thu", "expected an RSA key in PEM"),
        ("dkim.pem", "thử", "expected an RSA key in PEM"),
    ],
)
def test_a_key_that_cannot_sign_is_refused_in_one_line_when_the_home_is_opened(
    key_file, tmp_path, key, selector, said
):
    (tmp_path / "words.txt").write_text("secret words")
    settings = Settings(
        _env_file=None,
        home=tmp_path / "home",
        dkim_key=str(tmp_path / key) if key else "",
        dkim_selector=selector,
    )
    with pytest.raises(SetupError, match=said) as caught:
        open_home(settings, empty=True)
    assert len(str(caught.value).splitlines()) == 1
    assert "secret" not in str(caught.value)
