"""A headless Chromium driven by its DevTools protocol over a pipe: no driver, no port, no library."""

import base64
import itertools
import json
import os
import shutil
import subprocess
import time

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "microsoft-edge")
ARGUMENTS = (
    *(
        "--headless=new",
        "--no-sandbox",
        "--disable-dev-shm-usage",
        "--remote-debugging-pipe",
        "--no-first-run",
        "--hide-scrollbars",
    ),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-default-browser-check"),
    *("--use-angle=swiftshader", "--enable-unsafe-swiftshader", "--ignore-gpu-blocklist"),
)
LONGEST = 60.0  # s for one answer


def find_browser():
    """Path of a Chromium, that of SCANDIA_BROWSER before all others, or None."""
    named = os.environ.get("SCANDIA_BROWSER")
    return named or next(filter(None, map(shutil.which, NAMES)), None)


class Browser:
    """One page in one browser; commands and events go as JSON over two pipes, each ended by a zero byte."""

    def __init__(self, program, folder):
        ask_read, self._ask = os.pipe()
        self._answer, answer_write = os.pipe()

        def pipes():  # the protocol wants them as 3 and 4
            first, second = os.dup(ask_read), os.dup(answer_write)
            os.dup2(first, 3)
            os.dup2(second, 4)

        arguments = [program, *ARGUMENTS, f"--user-data-dir={folder}", "about:blank"]
        quiet = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        self._process = subprocess.Popen(arguments, preexec_fn=pipes, close_fds=False, **quiet)
        os.close(ask_read)
        os.close(answer_write)
        self._numbers, self._buffer, self.events, self._session = itertools.count(1), b"", [], None
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        self._session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.call(f"{domain}.enable")

    def call(self, method, **parameters):
        """Result of a command, dict; events that come before it are kept in ``events``."""
        number = next(self._numbers)
        message = {"id": number, "method": method, "params": parameters} | ({"sessionId": self._session} if self._session else {})
        os.write(self._ask, json.dumps(message).encode() + b"\0")
        end = time.monotonic() + LONGEST
        while time.monotonic() < end:
            answer = self._read()
            if answer.get("id") == number:
                assert "error" not in answer, (method, answer["error"])
                return answer["result"]
            self.events.append(answer)
        message = f"no answer to {method}"
        raise TimeoutError(message)

    def open(self, path, *, width=1280, height=900, scripts=True):
        """Opens a file at a size of the window and waits until it is loaded; events before it are forgotten."""
        self.call("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False)
        self.call("Emulation.setScriptExecutionDisabled", value=not scripts)
        self.events.clear()
        self.call("Page.navigate", url=path.absolute().as_uri())
        while not any(event.get("method") == "Page.loadEventFired" for event in self.events):
            self.events.append(self._read())

    def run(self, expression):
        """Value of a JavaScript expression; a promise is awaited."""
        answer = self.call("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        assert "exceptionDetails" not in answer, answer["exceptionDetails"]
        return answer["result"].get("value")

    def press(self, key, *, shift=False):
        """Presses and releases a key such as ``ArrowLeft``."""
        codes = {"Tab": 9, "Enter": 13, "ArrowLeft": 37, "ArrowUp": 38, "ArrowRight": 39, "ArrowDown": 40}
        common = {"key": key, "code": key, "windowsVirtualKeyCode": codes.get(key, 0), "modifiers": 8 * shift}
        text = {"text": {"Enter": "\r"}.get(key, key)} if len(key) == 1 or key == "Enter" else {}
        self.call("Input.dispatchKeyEvent", type="keyDown", **common, **text)
        self.call("Input.dispatchKeyEvent", type="keyUp", **common)

    def click(self, x, y):
        """Clicks at a place of the window."""
        for kind in ("mousePressed", "mouseReleased"):
            self.call("Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left", clickCount=1)

    def screenshot(self, **options):
        """PNG bytes of what the window shows."""
        return base64.b64decode(self.call("Page.captureScreenshot", format="png", **options)["data"])

    def pdf(self):
        """PDF bytes of the page on A4."""
        return base64.b64decode(self.call("Page.printToPDF", preferCSSPageSize=True, printBackground=True)["data"])

    def complaints(self):
        """What went to the console as an error or warning, was thrown, or was logged by the browser, as text."""
        self.run("1")  # whatever is on its way is here when this is answered
        words = []
        for event in self.events:
            method, told = event.get("method"), event.get("params", {})
            if method == "Runtime.exceptionThrown":
                words.append(told["exceptionDetails"].get("exception", {}).get("description", "exception"))
            elif method == "Runtime.consoleAPICalled" and told["type"] in ("error", "warning", "assert"):
                words.append(" ".join(str(part.get("value", part.get("description"))) for part in told["args"]))
            elif method == "Log.entryAdded" and told["entry"]["level"] in ("error", "warning"):
                words.append(told["entry"]["text"])
        return words

    def requests(self):
        """Addresses that the page asked for."""
        asked = [event["params"]["request"]["url"] for event in self.events if event.get("method") == "Network.requestWillBeSent"]
        return [address for address in asked if not address.startswith("data:")]

    def close(self):
        """Ends this browser, and no other."""
        self._process.terminate()
        self._process.wait(timeout=20)
        os.close(self._ask)
        os.close(self._answer)

    def _read(self):
        while b"\0" not in self._buffer:
            piece = os.read(self._answer, 1 << 20)
            assert piece, "the browser ended"
            self._buffer += piece
        message, _, self._buffer = self._buffer.partition(b"\0")
        return json.loads(message)
