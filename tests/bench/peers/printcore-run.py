"""Prints a file with printcore: `printcore-run.py PORT FILE`; says lines, seconds and processor time as JSON."""
import json
import resource
import sys
import time

from printrun import gcoder
from printrun.printcore import printcore

port, path = sys.argv[1:3]
lines = [line.strip() for line in open(path) if line.strip()]
core = printcore(port, 115200)
while not core.online:
    time.sleep(0.05)
code = gcoder.LightGCode(lines)
before, from_s = resource.getrusage(resource.RUSAGE_SELF), time.perf_counter()
core.startprint(code)
while core.printing:
    time.sleep(0.002)
seconds, after = time.perf_counter() - from_s, resource.getrusage(resource.RUSAGE_SELF)
core.disconnect()
print(json.dumps({"lines": len(lines), "seconds": seconds, "cpuS": after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime}))
