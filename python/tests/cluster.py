"""A standalone cluster of Spark on this machine: a master, workers, their executors, each a
process of its own."""

import os
import signal
import socket
import subprocess
import time
from contextlib import contextmanager
from pathlib import Path

import pyspark


def _free_port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def _wait_for(port, seconds=60):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.2)
    raise TimeoutError(f"nobody listens on {port}")


class Cluster:
    """Its address, and who belongs to it."""

    def __init__(self, url, workers):
        self.url = url
        self.workers = workers

    def executors(self):
        """The processes of executors: children of the workers."""
        parents = {process.pid for process in self.workers}
        found = []
        for stat in Path("/proc").glob("[0-9]*/stat"):
            try:
                words = stat.read_text().rpartition(")")[2].split()
                command = (stat.parent / "cmdline").read_bytes()
            except OSError:
                continue
            if int(words[1]) in parents and b"CoarseGrainedExecutorBackend" in command:
                found.append(int(stat.parent.name))
        return sorted(found)

    def kill_an_executor(self):
        """Kills one in the middle of what it does."""
        os.kill(self.executors()[0], signal.SIGKILL)


@contextmanager
def standalone(folder, workers=2, memory="1g"):
    """A cluster as long as the context lasts."""
    home = Path(pyspark.__file__).parent
    environment = {
        **os.environ,
        "SPARK_HOME": str(home),
        "SPARK_NO_DAEMONIZE": "1",
        "SPARK_LOCAL_IP": "127.0.0.1",
        "SPARK_WORKER_DIR": str(folder / "work"),
    }
    started = []

    def start(name, *arguments):
        command = [str(home / "bin" / "spark-class"), f"org.apache.spark.deploy.{name}", *arguments]
        log = (folder / f"{name}-{len(started)}.log").open("wb")
        process = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
        started.append(process)
        return process

    port = _free_port()
    try:
        start("master.Master", "--host", "127.0.0.1", "--port", str(port), "--webui-port", "0")
        _wait_for(port)
        url = f"spark://127.0.0.1:{port}"
        place = ("--host", "127.0.0.1", "--webui-port", "0", "--cores", "1", "--memory", memory)
        yield Cluster(url, [start("worker.Worker", *place, url) for _ in range(workers)])
    finally:
        for process in reversed(started):
            process.terminate()
        for process in started:
            process.wait(30)
