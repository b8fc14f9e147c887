"""The file store: what came in, by its hash; what was written, by its name. Any fsspec place will do."""

import hashlib
import posixpath
import uuid

import fsspec


class FileStore:
    """Writes are whole or not at all: a part is written under another name, then moved. What is not found is looked
    for in the store `under` this one, which is never written to.
    """

    def __init__(self, url: str, under: "FileStore | None" = None) -> None:
        self._fs, self._root = fsspec.core.url_to_fs(url)
        self._under = under

    def keep(self, data: bytes) -> str:
        """Store by content; returns the sha256. The same bytes twice are stored once."""
        sha256 = hashlib.sha256(data).hexdigest()
        name = f"received/{sha256[:2]}/{sha256}"
        if not self._fs.exists(self._place(name)):
            self.write(name, data)
        return sha256

    def keep_returned(self, data: bytes) -> str:
        """Store a form that goes back to its unit, by content; returns the name to read it by."""
        sha256 = hashlib.sha256(data).hexdigest()
        name = f"returned/{sha256[:2]}/{sha256}.xlsx"
        if not self._fs.exists(self._place(name)):
            self.write(name, data)
        return name

    def kept(self, sha256: str) -> bytes:
        return self.read(f"received/{sha256[:2]}/{sha256}")

    def write(self, name: str, data: bytes) -> None:
        target = self._place(name)
        self._fs.makedirs(posixpath.dirname(target), exist_ok=True)
        part = f"{target}.{uuid.uuid4().hex}.part"
        with self._fs.open(part, "wb") as file:
            file.write(data)
        self._fs.mv(part, target)

    def read(self, name: str) -> bytes:
        if self._under and not self._fs.exists(self._place(name)):
            return self._under.read(name)
        with self._fs.open(self._place(name), "rb") as file:
            return bytes(file.read())

    def path(self, name: str) -> str:
        """Where a stored file lies, to show to people; over another store, where it would lie in that one."""
        return self._under.path(name) if self._under else self._place(name)

    def _place(self, name: str) -> str:
        return posixpath.join(self._root, name)
