#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A container registry on the loopback with a few images of one layer each. Prints its port and serves until its standard
input ends. usage: fakeregistry.py [--login NAME:PASSWORD] FILE...    With a login it answers nobody else (Basic). The
files (and what they link to) and /marker are the layer of most images:

flotilla/tiny:1     these
flotilla/keeps:1    the same, with a volume, a health check and a PATH of its own
flotilla/owns:1     the same as tiny, with folders /app, /data and /tmp of its own, closed for others
flotilla/bare:1     only /marker
flotilla/foreign:1  for another processor: /bin/sh is no program here
flotilla/stuck:1    a large layer, of which half comes, slowly, and then nothing

Speaks as much of the OCI distribution protocol as a pull needs: /v2/, manifests by tag and digest, blobs.
"""
import base64
import gzip
import hashlib
import http.server
import io
import json
import os
import sys
import tarfile
import threading
import time

MANIFEST = "application/vnd.docker.distribution.manifest.v2+json"
CHUNK = 64 * 1024
STUCK = "flotilla/stuck"
SLOWLY = 0.03  # after each chunk: engines tell how far they are a few times a second, while something comes


def digest(data):
    return "sha256:" + hashlib.sha256(data).hexdigest()


def layer(files, more):
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as tar:
        for file in files:
            tar.add(os.path.realpath(file), arcname=file.lstrip("/"))
        for name, content in more.items():
            entry = tarfile.TarInfo(name)
            entry.type = tarfile.REGTYPE if content is not None else tarfile.DIRTYPE
            content = content or b""
            entry.size = len(content)
            entry.mode = 0o755 if entry.isreg() else 0o700
            tar.addfile(entry, io.BytesIO(content))
    return out.getvalue()


def image(plain, config=None, processor="amd64"):
    """The blobs by digest, and the manifest."""
    packed = gzip.compress(plain, 1, mtime=0)
    about = json.dumps({
        "architecture": processor, "os": "linux", "config": {"Cmd": ["/bin/sh"], **(config or {})},
        "rootfs": {"type": "layers", "diff_ids": [digest(plain)]},
        "history": [{"created": "2026-01-01T00:00:00Z", "created_by": "a test"}]}).encode()
    manifest = json.dumps({
        "schemaVersion": 2, "mediaType": MANIFEST,
        "config": {"mediaType": "application/vnd.docker.container.image.v1+json", "size": len(about),
                   "digest": digest(about)},
        "layers": [{"mediaType": "application/vnd.docker.image.rootfs.diff.tar.gzip", "size": len(packed),
                    "digest": digest(packed)}]}).encode()
    return {digest(about): about, digest(packed): packed}, manifest


def images(files):
    marker = {"marker": b"pulled\n"}
    whole = layer(files, marker)
    keeping = {"Volumes": {"/var/keep": {}}, "Env": ["PATH=/own/bin:/bin"],
               "Healthcheck": {"Test": ["CMD-SHELL", "exit 1"], "Interval": 1000000000}}
    return {
        "flotilla/tiny": image(whole),
        "flotilla/keeps": image(layer(files, marker | {"kept": b""}), keeping),
        "flotilla/owns": image(layer(files, marker | {"app": None, "app/theirs": b"not ours", "data": None, "tmp": None})),
        "flotilla/bare": image(layer([], marker)),
        "flotilla/foreign": image(layer([], marker | {"bin/sh": b"\x7fELF of another processor"}), processor="arm64"),
        STUCK: image(layer([], {"large": os.urandom(12_000_000)})),
    }


class Registry(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    images = {}
    login = None

    def refused(self):
        """Not one that signed in."""
        return self.login and self.headers.get("Authorization") != "Basic " + base64.b64encode(self.login).decode()

    def find(self):
        if self.path == "/v2/":
            return b"{}", "application/json"
        name, kind, wanted = (["", "", ""] + self.path.removeprefix("/v2/").rsplit("/", 2))[-3:]
        blobs, manifest = self.images.get(name, ({}, b""))
        if kind == "manifests" and manifest and wanted in ("1", digest(manifest)):
            return manifest, MANIFEST
        if kind == "blobs" and wanted in blobs:
            return blobs[wanted], "application/octet-stream"
        return None, None

    def do_HEAD(self):
        self.answer(False)

    def do_GET(self):
        self.answer(True)

    def answer(self, with_body):
        body, content_type = (None, None) if self.refused() else self.find()
        if self.refused():
            body, content_type = b'{"errors":[{"code":"UNAUTHORIZED","message":"authentication required"}]}', "application/json"
            self.send_response(401)
            self.send_header("WWW-Authenticate", 'Basic realm="the tests"')
        elif body is None:
            body, content_type = b'{"errors":[{"code":"MANIFEST_UNKNOWN","message":"not here"}]}', "application/json"
            self.send_response(404)
        else:
            self.send_response(200)
            self.send_header("Docker-Content-Digest", digest(body))
        self.send_header("Docker-Distribution-Api-Version", "registry/2.0")
        self.send_header("Content-Type", content_type)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        stuck = STUCK in self.path and len(body) > CHUNK
        end = len(body) // 2 if stuck else len(body)
        for at in range(0, end if with_body else 0, CHUNK):
            self.wfile.write(body[at:at + CHUNK])
            time.sleep(SLOWLY if stuck else 0)
        if stuck and with_body:
            self.wfile.flush()
            self.connection.recv(1)  # until the engine gives up
            self.close_connection = True

    def log_message(self, *_):
        pass


def main():
    files = sys.argv[1:]
    if files[:1] == ["--login"]:
        Registry.login = files[1].encode()
        files = files[2:]
    Registry.images = images(files)
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Registry)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print(server.server_port, flush=True)
    sys.stdin.read()


if __name__ == "__main__":
    main()
