"""A real IMAP server on loopback: Debian's dovecot as an ordinary process, its configuration in a folder of its own."""

import contextlib
import getpass
import imaplib
import os
import pwd
import shutil
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.adapters.mail_servers import free_port

USER, PASSWORD = "nhac", "mat-khau"

_CONFIG = """\
protocols = imap
listen = 127.0.0.1
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/log
ssl = no
disable_plaintext_auth = no
auth_mechanisms = plain login
default_internal_user = {inner}
default_internal_group = {inner_group}
default_login_user = {login}
first_valid_uid = 1
mail_location = maildir:{folder}/mail/%u{layout}
namespace inbox {{
  inbox = yes
  separator = {separator}
  prefix = {prefix}
}}
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={folder}/mail/%u
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = 0
  }}
}}
service anvil {{
  chroot =
  unix_listener anvil-auth-penalty {{
    mode = 0
  }}
}}
{more}
"""


@dataclass(frozen=True)
class ImapService:
    """A running server with one user."""

    port: int

    def url(self, folder: str = "INBOX", password: str = PASSWORD) -> str:
        return f"imap://{USER}:{password}@127.0.0.1:{self.port}/{folder}?starttls=0&timeout=10"

    @contextlib.contextmanager
    def client(self) -> Iterator[imaplib.IMAP4]:
        with imaplib.IMAP4("127.0.0.1", self.port, timeout=10) as client:
            client.login(USER, PASSWORD)
            yield client

    def deliver(self, *mails: bytes) -> None:
        with self.client() as client:
            for mail in mails:
                told, why = client.append("INBOX", "", "", mail)
                assert told == "OK", why

    def mails(self, folder: str = "INBOX") -> list[bytes]:
        """What lies in a folder, in order; nothing where there is no such folder."""
        with self.client() as client:
            if client.select(f'"{folder}"', readonly=True)[0] != "OK":
                return []
            numbers = client.search(None, "ALL")[1][0].split()
            return [client.fetch(number.decode(), "(BODY.PEEK[])")[1][0][1] for number in numbers]

    def flags(self, folder: str) -> list[bytes]:
        with self.client() as client:
            client.select(f'"{folder}"', readonly=True)
            numbers = client.search(None, "ALL")[1][0].split()
            return [client.fetch(number.decode(), "(FLAGS)")[1][0] for number in numbers]

    def empty(self) -> None:
        """As if newly made."""
        with self.client() as client:
            if int(client.select("INBOX")[1][0]):
                client.store("1:*", "+FLAGS", "\\Deleted")
                client.expunge()
            for line in client.list()[1]:
                name = line.decode().rsplit(" ", 1)[-1].strip('"')
                if name != "INBOX":
                    client.delete(name)


@contextlib.contextmanager
def short_place() -> Iterator[Path]:
    """A path every user may enter, short enough for the names of sockets."""
    with TemporaryDirectory(prefix="dondoc-imap-", ignore_cleanup_errors=True) as name:
        Path(name).chmod(0o755)
        yield Path(name)


@contextlib.contextmanager
def imap_service(
    folder: Path, *, separator: str = "/", prefix: str = "", more: str = ""
) -> Iterator[ImapService]:
    """Start it, wait until it answers, and stop it at the end."""
    port = free_port()
    folder.mkdir(parents=True, exist_ok=True)
    is_root = os.geteuid() == 0
    me = pwd.getpwuid(os.geteuid())
    mail_user = pwd.getpwnam("nobody") if is_root else me  # dovecot reads no mail as root
    inner, login = ("dovecot", "dovenull") if is_root else (getpass.getuser(),) * 2
    (folder / "mail").mkdir()
    os.chown(folder / "mail", mail_user.pw_uid, mail_user.pw_gid)
    text = _CONFIG.format(
        folder=folder,
        inner=inner,
        inner_group="dovecot" if is_root else me.pw_name,
        login=login,
        uid=mail_user.pw_uid,
        gid=mail_user.pw_gid,
        password=PASSWORD,
        port=port,
        separator=separator,
        prefix=prefix,
        layout="",
        more=more,
    )
    file = folder / "dovecot.conf"
    file.write_text(text, "ascii")
    program = shutil.which("dovecot") or "/usr/sbin/dovecot"
    process = subprocess.Popen([program, "-F", "-c", str(file)], stderr=subprocess.PIPE)
    service = ImapService(port)
    try:
        _wait(service, process, folder / "log")
        yield service
    finally:
        process.terminate()
        process.wait(10)


def _wait(service: ImapService, process: "subprocess.Popen[bytes]", log: Path) -> None:
    for _ in range(100):
        if process.poll() is not None:
            assert process.stderr
            raise RuntimeError(process.stderr.read().decode("utf-8", "replace"))
        with contextlib.suppress(OSError, imaplib.IMAP4.error), service.client():
            return
        time.sleep(0.1)
    raise RuntimeError(log.read_text("utf-8") if log.exists() else "dovecot does not answer")
