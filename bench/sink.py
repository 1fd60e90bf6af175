"""A mail server that takes every letter and keeps its Message-ID: for drills and figures, on this machine only."""

import asyncio
import random
import threading
import time
from collections import Counter


class Sink:
    """Speaks just enough SMTP (RFC 5321). `share` of the letters it puts off, `delay` seconds it thinks about each."""

    def __init__(self, share: float = 0.0, delay: float = 0.0, seed: int = 1) -> None:
        self.share, self.delay, self.random = share, delay, random.Random(seed)
        self.accepted: Counter[str] = Counter()
        self.put_off = 0
        self.first = self.last = 0.0
        self.port = 0
        self.ready = threading.Event()
        threading.Thread(target=lambda: asyncio.run(self.serve()), daemon=True).start()
        self.ready.wait(10)

    async def serve(self) -> None:
        server = await asyncio.start_server(self.talk, "127.0.0.1", 0)
        self.port = server.sockets[0].getsockname()[1]
        self.ready.set()
        await server.serve_forever()

    async def talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection, many letters; a client that is killed just goes away."""
        try:
            await self.say(writer, "220 sink")
            while line := await reader.readline():
                word = line[:4].upper().strip()
                if word == b"DATA":
                    await self.say(writer, "354 go on")
                    await self.say(writer, await self.take(reader))
                elif word == b"QUIT":
                    await self.say(writer, "221 bye")
                    break
                else:
                    await self.say(writer, "250 ok")
        except ConnectionError:
            pass
        finally:
            writer.close()

    async def say(self, writer: asyncio.StreamWriter, words: str) -> None:
        writer.write(f"{words}\r\n".encode())
        await writer.drain()

    async def take(self, reader: asyncio.StreamReader) -> str:
        """Read one letter; taking it and keeping its Message-ID are one."""
        found = ""
        while (line := await reader.readline()) != b".\r\n":
            if not line:
                raise ConnectionError  # it was killed before the dot: nothing was handed over (RFC 5321 4.2.5)
            if line.lower().startswith(b"message-id:"):
                found = line.split(b":", 1)[1].strip().decode()
        if self.delay:
            await asyncio.sleep(self.delay)
        if self.random.random() < self.share:
            self.put_off += 1
            return "451 4.7.1 frequency limited, try again later"
        self.accepted[found] += 1
        self.last = time.monotonic()
        self.first = self.first or self.last
        return "250 taken"
