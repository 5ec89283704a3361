# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A real Chromium looks at a camera or at the preview page and says what it saw, as JSON.

    python chromium_reader.py camera LABEL SECONDS      # by getUserMedia
    python chromium_reader.py page ADDRESS SECONDS      # by an <img> of the page's stream

Answer: the labels of all cameras, size, colours at a grid of points, how many different pictures came and when.
"""

import http.server
import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading

CAMERA = """
const wanted = %(wanted)s;
async function start() {
  let stream = await navigator.mediaDevices.getUserMedia({video: true});
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
const sizeOf = v => [v.videoWidth, v.videoHeight];
"""
PAGE = """
async function start() {
  const image = document.createElement('img');
  image.src = '/stream';
  document.body.append(image);
  await new Promise((good, bad) => { image.onload = good; image.onerror = () => bad('no picture'); });
  return image;
}
const sizeOf = i => [i.naturalWidth, i.naturalHeight];
"""
REST = """
const answer = {times: []};
async function look() {
  const source = await start();
  await new Promise(done => setTimeout(done, %(seconds)s * 1000));
  const [width, height] = sizeOf(source);
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


def read(kind, wanted, seconds, patience=120):
    """Start Chromium, let it look for so many seconds, and return what it saw."""
    script = (CAMERA if kind == "camera" else PAGE) + REST
    page = "<!doctype html><body><script>" + script % {"wanted": json.dumps(wanted), "seconds": seconds} + "</script>"
    answers, done = [], threading.Event()

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            if self.path == "/stream":
                self.send_response(302)
                self.send_header("Location", wanted)
            else:
                self.send_response(200)
                self.send_header("Content-Type", "text/html")
            self.end_headers()
            if self.path == "/":
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
        "--use-fake-ui-for-media-stream", "--enable-features=WebRtcPipeWireCamera", "--no-first-run",
        "--disable-background-networking", "--disable-component-update", f"http://127.0.0.1:{server.server_port}/",
    ]  # fmt: skip
    browser = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=os.environ)
    try:
        done.wait(patience)
    finally:
        browser.kill()
        browser.wait()
        server.shutdown()
        shutil.rmtree(profile, ignore_errors=True)
    return answers[0] if answers else {"error": f"no answer in {patience} s"}


if __name__ == "__main__":
    print(json.dumps(read(sys.argv[1], sys.argv[2], float(sys.argv[3]))))
