# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A real Chromium looks at a camera by getUserMedia and says what it saw: labels, size, colours, times of pictures."""

import http.server
import json
import os
import shutil
import subprocess
import tempfile
import threading

from livelink_blender.io.camera.pipewire_library import is_running

CAMERA = """
const wanted = %(wanted)s;
async function anyCamera() {  // a browser that has just started has not heard of the portal's cameras yet
  for (let tries = 20; ; tries--) {
    try { return await navigator.mediaDevices.getUserMedia({video: true}); } catch (error) { if (!tries) throw error; }
    await new Promise(done => setTimeout(done, 500));
  }
}
async function start() {
  let stream = await anyCamera();
  const devices = (await navigator.mediaDevices.enumerateDevices()).filter(d => d.kind == 'videoinput');
  answer.labels = [stream.getVideoTracks()[0].label, ...devices.map(d => d.label)];
  if (!answer.labels[0].includes(wanted)) {
    const device = devices.find(d => d.label.includes(wanted));
    if (!device) throw 'no camera called ' + wanted + ' in ' + answer.labels;
    stream.getTracks().forEach(t => t.stop());
    stream = await navigator.mediaDevices.getUserMedia({video: {deviceId: {exact: device.deviceId}}});
  }
  const video = document.createElement('video');
  video.muted = true;
  video.srcObject = stream;
  await video.play();
  answer.settings = stream.getVideoTracks()[0].getSettings();
  const next = (now, data) => { answer.times.push(now); video.requestVideoFrameCallback(next); };
  video.requestVideoFrameCallback(next);
  return video;
}
"""
LOOK = """
const answer = {times: []};
async function look() {
  const source = await start();
  await new Promise(done => setTimeout(done, %(seconds)s * 1000));
  const [width, height] = [source.videoWidth, source.videoHeight];
  const canvas = new OffscreenCanvas(width, height), pen = canvas.getContext('2d');
  pen.drawImage(source, 0, 0);
  answer.size = [width, height];
  answer.colours = [];
  for (let row = 0; row < 4; row++) for (let column = 0; column < 4; column++)
    answer.colours.push([...pen.getImageData(
      Math.floor((column + .5) * width / 4), Math.floor((row + .5) * height / 4), 1, 1).data]);
}
look().catch(error => { answer.error = String(error); })
  .then(() => fetch('/answer', {method: 'POST', body: JSON.stringify(answer)}));
"""


def read(wanted, seconds, patience=120):
    """Start Chromium, let it look for so many seconds at the camera of this name, and return what it saw."""
    script = (CAMERA + LOOK) % {"wanted": json.dumps(wanted), "seconds": seconds}
    page = f"<!doctype html><body><script>{script}</script>"
    answers, done = [], threading.Event()

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(page.encode())

        def do_POST(self):
            answers.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(204)
            self.end_headers()
            done.set()

        def log_message(self, *_):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    profile = tempfile.mkdtemp()
    command = [
        shutil.which("chromium"), "--headless=new", "--no-sandbox", "--disable-gpu", f"--user-data-dir={profile}",
        "--use-fake-ui-for-media-stream", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", f"http://127.0.0.1:{server.server_port}/",
    ]  # fmt: skip
    if is_running():  # without PipeWire this would keep it waiting for the portal
        command.insert(-1, "--enable-features=WebRtcPipeWireCamera")
    browser = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=os.environ)
    try:
        done.wait(patience)
    finally:
        browser.kill()
        browser.wait()
        server.shutdown()
        shutil.rmtree(profile, ignore_errors=True)
    return answers[0] if answers else {"error": f"no answer in {patience} s"}
