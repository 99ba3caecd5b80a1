"""A board that answers every line with ok, behind a pty: `ok-peer.py [BAUD]`. With a rate it takes no more than such a wire carries.

The first line on standard output is the path of the pty; at its end (SIGTERM or end of standard input) it says what it received.
"""
import json
import os
import pty
import select
import sys
import termios
import time
import tty

BAUD = int(sys.argv[1]) if len(sys.argv) > 1 else 0
HEAT = b"ok T:20.00 /0.00 B:20.00 /0.00\n"


def answer(line):
    body = line.split(b"*")[0]
    if b"M115" in body:
        return b"FIRMWARE_NAME:Marlin peer EXTRUDER_COUNT:1\nok\n"
    if b"M105" in body:
        return HEAT
    return b"ok\n"


def main():
    master, slave = pty.openpty()
    tty.setraw(master)
    tty.setraw(slave)
    print(os.ttyname(slave), flush=True)
    rest, lines, received, free_at, first, last, busy = b"", 0, 0, 0.0, 0.0, 0.0, 0.0
    waiting = []
    while True:
        now = time.perf_counter()
        while waiting and waiting[0][0] <= now:
            os.write(master, waiting.pop(0)[1])
        limit = max(0.0, waiting[0][0] - now) if waiting else None
        ready, _, _ = select.select([master, sys.stdin], [], [], limit)
        if sys.stdin in ready and sys.stdin.readline() == "":
            break
        if master not in ready:
            continue
        data = os.read(master, 65536)
        now = time.perf_counter()
        received += len(data)
        *whole, rest = (rest + data).split(b"\n")
        out = b""
        for line in whole:
            if not line:
                continue
            lines += 1
            first, last = first or now, now
            if BAUD:
                took = (len(line) + 1) * 10 / BAUD
                free_at = max(free_at, now) + took
                busy += took
                waiting.append((free_at, answer(line)))
            else:
                out += answer(line)
        if out:
            os.write(master, out)
    print(json.dumps({"lines": lines, "bytes": received, "seconds": last - first, "wireShare": busy / max(1e-9, last - first)}), flush=True)


main()
