#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A container registry on the loopback with one image, flotilla/tiny:1, of one layer. Prints its port and serves until its
standard input ends. usage: fakeregistry.py FILE...    The files (and what they link to) become the layer, with /marker.

Speaks as much of the OCI distribution protocol as a pull needs: /v2/, manifests by tag and digest, blobs.
"""
import gzip
import hashlib
import http.server
import io
import json
import os
import sys
import tarfile
import threading

NAME = "flotilla/tiny"
MANIFEST = "application/vnd.docker.distribution.manifest.v2+json"
CHUNK = 64 * 1024


def digest(data):
    return "sha256:" + hashlib.sha256(data).hexdigest()


def layer(files):
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as tar:
        for file in files:
            tar.add(os.path.realpath(file), arcname=file.lstrip("/"))
        marker = tarfile.TarInfo("marker")
        marker.size = 7
        tar.addfile(marker, io.BytesIO(b"pulled\n"))
    return out.getvalue()


def image(files):
    """The blobs by digest, and the manifest."""
    plain = layer(files)
    packed = gzip.compress(plain, 1, mtime=0)
    config = json.dumps({
        "architecture": "amd64", "os": "linux", "config": {"Cmd": ["/bin/sh"]},
        "rootfs": {"type": "layers", "diff_ids": [digest(plain)]},
        "history": [{"created": "2026-01-01T00:00:00Z", "created_by": "a test"}]}).encode()
    manifest = json.dumps({
        "schemaVersion": 2, "mediaType": MANIFEST,
        "config": {"mediaType": "application/vnd.docker.container.image.v1+json", "size": len(config),
                   "digest": digest(config)},
        "layers": [{"mediaType": "application/vnd.docker.image.rootfs.diff.tar.gzip", "size": len(packed),
                    "digest": digest(packed)}]}).encode()
    return {digest(config): config, digest(packed): packed}, manifest


class Registry(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    blobs, manifest = {}, b""

    def find(self):
        if self.path == "/v2/":
            return b"{}", "application/json"
        kind, _, name = self.path.removeprefix(f"/v2/{NAME}/").partition("/")
        if kind == "manifests" and name in ("1", digest(self.manifest)):
            return self.manifest, MANIFEST
        if kind == "blobs" and name in self.blobs:
            return self.blobs[name], "application/octet-stream"
        return None, None

    def do_HEAD(self):
        self.answer(False)

    def do_GET(self):
        self.answer(True)

    def answer(self, with_body):
        body, content_type = self.find()
        if body is None:
            body, content_type = b'{"errors":[{"code":"MANIFEST_UNKNOWN","message":"not here"}]}', "application/json"
            self.send_response(404)
        else:
            self.send_response(200)
            self.send_header("Docker-Content-Digest", digest(body))
        self.send_header("Docker-Distribution-Api-Version", "registry/2.0")
        self.send_header("Content-Type", content_type)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        for at in range(0, len(body) if with_body else 0, CHUNK):
            self.wfile.write(body[at:at + CHUNK])

    def log_message(self, *_):
        pass


def main():
    Registry.blobs, Registry.manifest = image(sys.argv[1:])
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Registry)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print(server.server_port, flush=True)
    sys.stdin.read()


if __name__ == "__main__":
    main()
