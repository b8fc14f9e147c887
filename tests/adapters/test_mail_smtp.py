"""SMTP on loopback: what came over the wire, and what each way of failing is taken for."""

import contextlib
import ipaddress
import smtplib
import socket
import ssl
import threading
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy

import pytest
from aiosmtpd.smtp import AuthResult
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tasks.adapters.mail import (
    PermanentMailError,
    RetryableMailError,
    SmtpTransport,
    UnknownOutcomeError,
    open_transport,
    parse_smtp_url,
    to_bytes,
)
from tests.adapters.mail_servers import (
    HANG_UP,
    SEVEN_BIT,
    SILENCE,
    Inbox,
    ScriptedServer,
    free_port,
    real_server,
)
from tests.adapters.test_mail_message import FORM, MAIL

SECOND = replace(MAIL, to="b@huong-loc.example", message_id="<second@bao-cao.example>")


def transport_to(port, **options):
    return SmtpTransport(replace(parse_smtp_url(f"smtp://127.0.0.1:{port}"), **{"timeout": 5} | options))


@contextlib.contextmanager
def scripted(**script):
    with ScriptedServer(**script) as server, transport_to(server.port) as transport:
        yield server, transport


def test_the_bytes_on_the_wire_are_the_message():
    inbox = Inbox()
    with real_server(inbox) as port, transport_to(port) as transport:
        delivered = transport.send(MAIL)
    assert delivered.message_id == MAIL.message_id
    assert delivered.reply == "250 taken as 1"
    (envelope,) = inbox.envelopes
    assert envelope.mail_from == "nhac@bao-cao.example"
    assert envelope.rcpt_tos == ["a@huong-phu.example"]
    assert envelope.content == to_bytes(MAIL)
    message = message_from_bytes(envelope.content, policy=policy.default)
    assert message["Subject"] == MAIL.subject
    assert message["Message-ID"] == MAIL.message_id
    assert message["To"] == MAIL.to
    assert message.get_body(("plain",)).get_content() == MAIL.text
    assert message.get_body(("html",)).get_content() == MAIL.html
    (form,) = message.iter_attachments()
    assert (form.get_filename(), form.get_content()) == (FORM.name, FORM.data)


def test_lines_that_begin_with_a_dot_arrive_whole():
    inbox = Inbox()
    data = b".first\r\n.\r\n..\r\nno line end at the end"
    with real_server(inbox) as port, transport_to(port) as transport:
        transport.send_bytes("s@bao-cao.example", MAIL.to, data)
        transport.send_bytes("s@bao-cao.example", MAIL.to, b"x\r\n")
    assert [envelope.content for envelope in inbox.envelopes] == [data + b"\r\n", b"x\r\n"]


def test_many_messages_go_over_one_connection_each_to_its_one_recipient():
    inbox = Inbox()
    with real_server(inbox) as port, transport_to(port) as transport:
        for number in range(20):
            transport.send(
                replace(MAIL, to=f"u{number}@xa.example", message_id=f"<{number}@bao-cao.example>")
            )
        assert transport.connections == 1
    assert inbox.greetings == 1
    assert [e.rcpt_tos for e in inbox.envelopes] == [[f"u{n}@xa.example"] for n in range(20)]


def test_one_refused_recipient_leaves_the_others_their_mail():
    inbox = Inbox(refuse=lambda to: "550 5.1.1 no such user" if to == MAIL.to else None)
    with real_server(inbox) as port, transport_to(port) as transport:
        with pytest.raises(PermanentMailError, match="no such user") as caught:
            transport.send(MAIL)
        transport.send(SECOND)
        assert transport.connections == 1
    assert caught.value.code == 550
    assert caught.value.concerns_address
    assert [e.rcpt_tos for e in inbox.envelopes] == [[SECOND.to]]


def test_a_greylisted_recipient_is_tried_later_and_the_others_get_their_mail():
    inbox = Inbox(refuse=lambda to: "450 4.2.0 try later" if to == MAIL.to else None)
    with real_server(inbox) as port, transport_to(port) as transport:
        with pytest.raises(RetryableMailError) as caught:
            transport.send(MAIL)
        transport.send(SECOND)
    assert caught.value.code == 450
    assert not caught.value.concerns_every_message
    assert [e.rcpt_tos for e in inbox.envelopes] == [[SECOND.to]]


def test_a_greylisting_server_gets_the_message_at_the_second_try_once():
    with scripted(RCPT=["450 4.2.0 greylisted"]) as (server, transport):
        with pytest.raises(RetryableMailError, match="greylisted") as caught:
            transport.send(MAIL)
        assert not caught.value.concerns_every_message
        transport.send(MAIL)
    assert server.messages == [to_bytes(MAIL)]


@pytest.mark.parametrize(
    ("verb", "stage"),
    [("CONNECT", "connect"), ("MAIL", "sender"), ("RCPT", "recipient"), ("DATA", "data")],
)
def test_a_server_too_slow_before_the_message_has_none_of_it_and_gets_it_later_once(verb, stage):
    with ScriptedServer(**{verb: [SILENCE]}) as server, transport_to(server.port, timeout=0.5) as transport:
        with pytest.raises(RetryableMailError, match="timed out") as caught:
            transport.send(MAIL)
        assert (caught.value.stage, caught.value.code) == (stage, None)
        assert server.messages == []
        transport.send(MAIL)
    assert server.messages == [to_bytes(MAIL)]


@pytest.mark.parametrize(
    ("script", "stage", "code"),
    [
        ({"CONNECT": ["421 too busy"]}, "connect", 421),
        ({"CONNECT": ["554 no service"]}, "connect", 554),
        ({"MAIL": ["451 later"]}, "sender", 451),
        ({"MAIL": ["550 sender not known"]}, "sender", 550),
        ({"RCPT": ["421 closing"]}, "recipient", 421),
        ({"RCPT": ["452 box full"]}, "recipient", 452),
        ({"DATA": ["451 later"]}, "data", 451),
        ({"END": ["451 later"]}, "content", 451),
        ({"END": ["421 closing"]}, "content", 421),
        ({"RCPT": [HANG_UP]}, "recipient", None),
        ({"DATA": [HANG_UP]}, "data", None),
    ],
)
def test_what_certainly_did_not_arrive_may_be_sent_again(script, stage, code):
    with scripted(**script) as (server, transport):
        with pytest.raises(RetryableMailError) as caught:
            transport.send(MAIL)
        assert (caught.value.stage, caught.value.code) == (stage, code)
        assert transport.send(MAIL)
    assert len(server.messages) == 1 + (stage == "content")


@pytest.mark.parametrize(
    ("script", "stage"),
    [
        ({"MAIL": ["552 too large"]}, "data"),
        ({"RCPT": ["550 no such user"]}, "recipient"),
        ({"DATA": ["554 no"]}, "data"),
        ({"END": ["554 looks like spam"]}, "content"),
    ],
)
def test_what_is_refused_for_good_is_not_tried_again(script, stage):
    with scripted(**script) as (server, transport):
        with pytest.raises(PermanentMailError) as caught:
            transport.send(MAIL)
        assert caught.value.stage == stage
        assert caught.value.concerns_address == (stage == "recipient")
        transport.send(SECOND)
        assert server.connections == 1


@pytest.mark.parametrize("reply", [HANG_UP, "what?"], ids=["closed", "no reply code"])
def test_silence_after_the_message_is_an_unknown_outcome_and_never_a_second_try(reply):
    with scripted(END=[reply]) as (server, transport):
        with pytest.raises(UnknownOutcomeError) as caught:
            transport.send(MAIL)
        assert caught.value.stage == "content"
        assert len(server.messages) == 1
        assert server.connections == 1
        transport.send(SECOND)
    assert len(server.messages) == 2
    assert server.connections == 2


def test_a_server_that_never_answers_the_message_is_an_unknown_outcome():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        with transport_to(port, verdict_timeout=0.2) as transport:
            client = _half_deaf(listener)
            with pytest.raises(UnknownOutcomeError, match="timed out"):
                transport.send(MAIL)
        client.join(5)


def _half_deaf(listener):
    """Answers each command, then takes the message and says nothing."""

    def serve():
        connection, _ = listener.accept()
        with connection, connection.makefile("rb") as lines:
            connection.sendall(b"220 hello\r\n")
            for line in lines:
                if line == b".\r\n":
                    lines.read()
                    return
                if line[:4].upper() in {b"EHLO", b"MAIL", b"RCPT"}:
                    connection.sendall(b"250 ok\r\n")
                if line[:4].upper() == b"DATA":
                    connection.sendall(b"354 go\r\n")

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    return thread


@pytest.mark.parametrize("parting", [HANG_UP, "421 enough for one connection"])
def test_a_connection_the_server_closed_between_two_messages_is_opened_anew(parting):
    with scripted(MAIL=["250 ok", parting]) as (server, transport):
        transport.send(MAIL)
        transport.send(SECOND)
    assert server.connections == transport.connections == 2
    assert server.messages == [to_bytes(MAIL), to_bytes(SECOND)]


def test_a_server_that_only_says_421_is_asked_twice_and_no_more():
    with scripted(MAIL=["250 ok", *["421 no"] * 9]) as (server, transport):
        transport.send(MAIL)
        with pytest.raises(RetryableMailError) as caught:
            transport.send(SECOND)
    assert caught.value.concerns_every_message
    assert server.connections == 2
    assert len(server.messages) == 1


def test_a_server_of_seven_bits_takes_our_vietnamese_mail_as_it_is():
    """It knows neither SMTPUTF8 nor 8BITMIME; the last message shows that it means it."""
    inbox = Inbox()
    with real_server(inbox, **SEVEN_BIT) as port, transport_to(port) as transport:
        transport.send(MAIL)
        with pytest.raises(PermanentMailError, match="ASCII"):
            transport.send_bytes(MAIL.sender_address, MAIL.to, "Subject: Nhắc\r\n\r\n".encode())
    (envelope,) = inbox.envelopes
    assert envelope.mail_options == envelope.rcpt_options == []
    assert envelope.content.encode("ascii") == to_bytes(MAIL)
    message = message_from_bytes(envelope.content.encode("ascii"), policy=policy.default)
    assert message["Subject"] == MAIL.subject
    assert message.get_body(("plain",)).get_content() == MAIL.text


def test_nobody_listening_is_tried_later_and_stops_the_batch():
    with transport_to(free_port()) as transport, pytest.raises(RetryableMailError) as caught:
        transport.send(MAIL)
    assert caught.value.stage == "connect"
    assert caught.value.concerns_every_message


def test_closing_a_session_whose_server_is_gone_raises_nothing():
    with ScriptedServer() as server:
        transport = transport_to(server.port)
        transport.send(MAIL)
    transport.close()


def test_opening_a_transport_connects_to_nothing(tmp_path):
    with open_transport(f"smtp://127.0.0.1:{free_port()}", tmp_path) as transport:
        assert isinstance(transport, SmtpTransport)
        assert transport.connections == 0


# Login and encryption

# The server of the test warns of what the client of the test is to be seen doing.
LOOPBACK = pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")


def _only(user, password):
    def check(_server, _session, _envelope, _mechanism, data):
        return AuthResult(success=(data.login, data.password) == (user, password), handled=False)

    return check


@LOOPBACK
def test_a_plain_login_name_and_an_escaped_password_log_in_once():
    inbox = Inbox()
    options = {
        "authenticator": _only(b"nhac", b"p@ss:/w"),
        "auth_required": True,
        "auth_require_tls": False,
    }
    with (
        real_server(inbox, **options) as port,
        SmtpTransport(f"smtp://nhac:p%40ss%3A%2Fw@127.0.0.1:{port}?starttls=0") as transport,
    ):
        transport.send(MAIL)
        transport.send(SECOND)
    assert len(inbox.envelopes) == 2


@LOOPBACK
def test_a_wrong_password_keeps_the_mail_for_later():
    options = {
        "authenticator": _only(b"nhac", b"right"),
        "auth_required": True,
        "auth_require_tls": False,
    }
    with (
        real_server(Inbox(), **options) as port,
        SmtpTransport(f"smtp://nhac:wrong@127.0.0.1:{port}?starttls=0") as transport,
        pytest.raises(RetryableMailError) as caught,
    ):
        transport.send(MAIL)
    assert (caught.value.stage, caught.value.code) == ("login", 535)
    assert caught.value.concerns_every_message
    assert "wrong" not in str(caught.value)


def test_a_password_is_never_sent_in_the_clear_unasked():
    with (
        ScriptedServer() as server,
        SmtpTransport(f"smtp://nhac:secret@127.0.0.1:{server.port}") as transport,
        pytest.raises(RetryableMailError, match="STARTTLS"),
    ):
        transport.send(MAIL)
    assert {line[:4] for line in server.heard} == {"ehlo"}


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    """Key and certificate of 127.0.0.1, signed by itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    built = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), critical=False
        )
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    folder = tmp_path_factory.mktemp("tls")
    (folder / "cert.pem").write_bytes(built.public_bytes(serialization.Encoding.PEM))
    (folder / "key.pem").write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return folder


def _served_with(certificate):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate / "cert.pem", certificate / "key.pem")
    return context


def test_starttls_with_a_known_authority_delivers(certificate):
    inbox = Inbox()
    with (
        real_server(inbox, tls_context=_served_with(certificate), require_starttls=True) as port,
        SmtpTransport(f"smtp://127.0.0.1:{port}?starttls=1&cafile={certificate}/cert.pem") as transport,
    ):
        transport.send(MAIL)
    assert inbox.envelopes[0].content == to_bytes(MAIL)


def test_a_certificate_of_nobody_known_is_refused(certificate):
    inbox = Inbox()
    with (
        real_server(inbox, tls_context=_served_with(certificate), require_starttls=True) as port,
        SmtpTransport(f"smtp://127.0.0.1:{port}?starttls=1") as transport,
        pytest.raises(RetryableMailError, match=r"(?i)certificate"),
    ):
        transport.send(MAIL)
    assert inbox.envelopes == []


# The URL


def test_the_url_says_it_all():
    server = parse_smtp_url("smtps://a%40b:s%3A@mail.tinh.example:2465?timeout=5&helo=may1.tinh.example")
    assert (server.host, server.port, server.user, server.password) == (
        "mail.tinh.example",
        2465,
        "a@b",
        "s:",
    )
    assert (server.implicit_tls, server.starttls, server.timeout) == (True, False, 5.0)
    assert server.helo == "may1.tinh.example"
    assert "s:" not in repr(server).replace("mail", "")


@pytest.mark.parametrize(
    ("url", "port", "starttls"),
    [
        ("smtp://h", 587, False),
        ("smtp://u:p@h", 587, True),
        ("smtp://u:p@h?starttls=0", 587, False),
        ("smtp://h:25?starttls=1", 25, True),
        ("smtps://u:p@h", 465, False),
    ],
)
def test_what_the_url_leaves_out_has_a_safe_meaning(url, port, starttls):
    server = parse_smtp_url(url)
    assert (server.port, server.starttls) == (port, starttls)


@pytest.mark.parametrize(
    "url",
    [
        "http://u:topsecret@h",
        "u:topsecret@h",
        "smtp://",
        "smtp://u:topsecret@h:99999",
        "smtp://u:topsecret@h?tls=1",
        "smtp://u:topsecret@h?starttls=yes",
        "smtp://u:topsecret@h?timeout=0",
        "smtp://u:topsecret@h?timeout=soon",
    ],
)
def test_a_wrong_url_is_one_clear_line_without_the_password(url):
    with pytest.raises(ValueError, match="SMTP URL") as caught:
        parse_smtp_url(url)
    assert "topsecret" not in str(caught.value)
    assert caught.value.__suppress_context__ or caught.value.__context__ is None


def test_the_session_is_smtplibs_own_so_that_nothing_is_sent_twice_behind_our_back(monkeypatch):
    """yagmail's send and smtplib's sendmail retry or hide; neither may be on the way."""
    for owner, name in ((smtplib.SMTP, "sendmail"), (smtplib.SMTP, "send_message")):
        monkeypatch.setattr(owner, name, None)
    inbox = Inbox()
    with real_server(inbox) as port, transport_to(port) as transport:
        transport.send(MAIL)
    assert len(inbox.envelopes) == 1
