"""A clamd on loopback that speaks INSTREAM as clamd(8) tells it, and finds one mark."""

import socketserver
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

MARK = b"DONDOC-TEST-VIRUS"
NAME = "Dondoc-Test-Signature"


class FakeClamd:
    def __init__(self, url: str) -> None:
        self.url = url
        self.largest = 100 << 20
        self.says = b""
        """Said instead of a verdict, where it is set."""
        self.scanned: list[bytes] = []

    def verdict(self, data: bytes) -> bytes:
        if self.says:
            return self.says
        if len(data) > self.largest:
            return b"INSTREAM size limit exceeded. ERROR\0"
        return f"stream: {NAME} FOUND".encode() + b"\0" if MARK in data else b"stream: OK\0"


@contextmanager
def fake_clamd(path: Path | None = None) -> Iterator[FakeClamd]:
    """On a port, or on a socket file where a path is given."""
    told: list[FakeClamd] = []

    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            command = self._command()
            if command == b"zVERSION":
                self.wfile.write(b"ClamAV 1.4.3/27500\0")
            elif command == b"zINSTREAM":
                data = b"".join(self._chunks())
                told[0].scanned.append(data)
                self.wfile.write(told[0].verdict(data))
            else:
                self.wfile.write(b"UNKNOWN COMMAND\0")

        def _command(self) -> bytes:
            said = b""
            while not said.endswith(b"\0"):
                said += self.rfile.read(1)
            return said[:-1]

        def _chunks(self) -> Iterator[bytes]:
            read = 0
            while size := struct.unpack("!L", self.rfile.read(4))[0]:
                read += size
                yield self.rfile.read(size)
                if read > told[0].largest:  # clamd hears no more of it, answers and hangs up
                    return

    class Tcp(socketserver.ThreadingTCPServer):
        daemon_threads = True

    class Unix(socketserver.ThreadingUnixStreamServer):
        daemon_threads = True

    server = Unix(str(path), Handler) if path else Tcp(("127.0.0.1", 0), Handler)
    told.append(FakeClamd(f"unix://{path}" if path else f"tcp://127.0.0.1:{server.server_address[1]}"))
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield told[0]
    finally:
        server.shutdown()
        server.server_close()
