"""Personal columns at rest: sealed with a key that does not lie in the database."""

import os
import time
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from bot.domain.errors import Misconfigured, WrongKey

READ_TRIES = 10


class Cipher:
    """Seals with the first key and opens with any, so that keys can be changed one after the other.

    Fernet: AES-128-CBC with HMAC-SHA256 (https://github.com/fernet/spec).
    """

    def __init__(self, keys: str) -> None:
        self._fernet = MultiFernet([Fernet(key.strip()) for key in keys.split(",")])

    @staticmethod
    def new_key() -> str:
        return Fernet.generate_key().decode()

    def seal(self, text: str) -> bytes:
        return self._fernet.encrypt(text.encode())

    def open(self, sealed: bytes) -> str:
        """Raises WrongKey where no key fits."""
        try:
            return self._fernet.decrypt(sealed).decode()
        except InvalidToken as error:
            raise WrongKey(
                ["DATA_KEY: does not open this database; set the key that it was written with"]
            ) from error


def key_from_file(path: Path) -> str:
    """The key in `path`; a new one is made there, readable by its owner alone, where there is none."""
    if path.exists():
        return _read(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    key = Cipher.new_key()
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return _read(path)  # another process was faster
    with os.fdopen(descriptor, "w") as file:
        file.write(key + "\n")
        file.flush()
        os.fsync(file.fileno())
    return key


def _read(path: Path) -> str:
    """Raises Misconfigured where no key stands there."""
    keys = path.read_text().strip()
    for _ in range(READ_TRIES):
        if keys:
            break
        time.sleep(0.05)  # another process has made the file a moment ago, and is about to write
        keys = path.read_text().strip()
    try:
        Cipher(keys)
    except ValueError as error:
        raise Misconfigured([f"{path}: holds no key; restore the file from your backup"]) from error
    return keys
