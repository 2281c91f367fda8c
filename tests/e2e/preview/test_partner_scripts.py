"""A script in a previewed page, which may be a partner's, cannot reach the Studio: in a real browser, signed in.

The two servers share a host, so the browser does send the Studio's cookie along. What holds is the guard.
"""

import pytest

pytestmark = [pytest.mark.slow, pytest.mark.browser]

ATTACKS = {
    "read": "fetch(studio + '/api/project', {credentials: 'include'}).then((answer) => answer.text())",
    "read opaquely": """
        fetch(studio + '/api/project', {mode: 'no-cors', credentials: 'include'})
            .then(async (answer) => (answer.type === 'opaque' && (await answer.text()) === '' ? refused() : 'read'))""",
    "read the door": "fetch(studio + '/', {credentials: 'include'}).then((answer) => answer.text())",
    "write": """
        fetch(studio + '/api/brands', {method: 'POST', credentials: 'include',
            headers: {'content-type': 'application/json'}, body: '{"name": "Evil", "primary": "#ff0000"}'})""",
    "write simply": """
        fetch(studio + '/api/brands', {method: 'POST', mode: 'no-cors', credentials: 'include',
            headers: {'content-type': 'text/plain'}, body: '{"name": "Evil", "primary": "#ff0000"}'})
            .then((answer) => (answer.type === 'opaque' ? refused() : 'written'))""",
    "beacon": """
        new Promise((done) => {
            navigator.sendBeacon(studio + '/api/brands', '{"name": "Evil", "primary": "#ff0000"}');
            setTimeout(() => done('refused'), 300);
        })""",
    "form": """
        new Promise((done) => {
            const form = document.createElement('form');
            Object.assign(form, {action: studio + '/api/brands', method: 'post', target: 'sink'});
            form.enctype = 'text/plain';
            const sink = document.createElement('iframe');
            sink.name = 'sink';
            const field = document.createElement('input');
            Object.assign(field, {name: '{"name": "Evil", "primary": "#ff0000", "x": "', value: '"}'});
            form.append(field);
            document.body.append(sink, form);
            form.submit();
            setTimeout(() => {
                try { done(sink.contentDocument.body.innerText ? 'read' : 'refused'); } catch { done('refused'); }
            }, 500);
        })""",
    "picture": """
        new Promise((done) => {
            const image = new Image();
            image.onload = () => done('read');
            image.onerror = () => done('refused');
            image.src = studio + '/api/brands/acme/files?pointer=/logos/light';
        })""",
    "script": """
        new Promise((done) => {
            const script = document.createElement('script');
            script.onload = () => done('read');
            script.onerror = () => done('refused');
            script.src = studio + '/app.js';
            document.head.append(script);
        })""",
    "sheet": """
        new Promise((done) => {
            const link = Object.assign(document.createElement('link'), {rel: 'stylesheet', href: studio + '/app.css'});
            link.onload = () => done('read');
            link.onerror = () => done('refused');
            document.head.append(link);
        })""",
    "events": """
        new Promise((done) => {
            const source = new EventSource(studio + '/api/events', {withCredentials: true});
            source.onmessage = () => done('read');
            source.onerror = () => { source.close(); done('refused'); };
        })""",
    "socket": """
        new Promise((done) => {
            const socket = new WebSocket(studio.replace('http', 'ws') + '/api/events');
            socket.onopen = () => done('opened');
            socket.onerror = () => done('refused');
        })""",
    "parent": "Promise.resolve().then(() => window.parent.document.body.innerHTML)",
    "parent's storage": "Promise.resolve().then(() => window.parent.localStorage.length)",
    "leading away": "Promise.resolve().then(() => { window.top.location.href = 'about:blank'; })",
    "same domain": """
        Promise.resolve().then(() => { document.domain = '127.0.0.1'; return parent.document.body.innerHTML; })""",
    "cookie": "Promise.resolve(document.cookie.includes('themekit') ? document.cookie : 'refused')",
    "frame": """
        new Promise((done) => {
            const frame = document.createElement('iframe');
            frame.src = studio + '/';
            frame.onload = () => {
                try { done(frame.contentWindow.location.href); } catch { done('refused'); }
            };
            document.body.append(frame);
        })""",
    "window": """
        new Promise((done) => {
            const opened = window.open(studio + '/api/project');
            setTimeout(() => {
                try { done(opened.document.body.innerText || 'refused'); } catch { done('refused'); }
            }, 500);
        })""",
}


ASKING = ("read opaquely", "write simply", "picture", "script")
"""Attacks whose requests do leave the browser: the test looks where it should."""


@pytest.fixture(scope="module")
def framed(preview, chromium):
    """A previewed page in a frame of the Studio's origin, its user signed in."""
    context = chromium.new_context()
    page = context.new_page()
    page.goto(preview.first_url)
    assert f"{preview.studio}/" == page.url
    assert [True] == [each["httpOnly"] for each in context.cookies()]
    page.evaluate(
        """(source) => new Promise((done) => {
            const frame = document.createElement('iframe');
            frame.setAttribute('sandbox', 'allow-scripts allow-same-origin allow-forms allow-popups');
            frame.onload = done;
            frame.src = source;
            document.body.append(frame);
        })""",
        f"{preview.pages}acme/living.html",
    )
    frame = [each for each in page.frames if each.url == f"{preview.pages}acme/living.html"][-1]
    assert "First words" in frame.inner_text("body")
    yield frame
    context.close()


@pytest.fixture
def asked(framed, preview):
    """The requests to the Studio that its own page did not send."""
    requests = []

    def note(request):
        if request.url.startswith(preview.studio) and request.frame != framed.page.main_frame:
            requests.append(request)

    framed.page.context.on("request", note)
    yield requests
    framed.page.context.remove_listener("request", note)


@pytest.mark.parametrize("attack", ATTACKS)
def test_a_script_reaches_nothing(framed, preview, asked, attack):
    brands = sorted(path.name for path in (preview.root / "brands").iterdir())
    script = f"""async (studio) => {{
        const refused = () => 'refused';
        try {{ return await ({ATTACKS[attack]}) ?? 'refused'; }} catch {{ return 'refused'; }}
    }}"""
    assert "refused" == framed.evaluate(script, preview.studio)
    assert asked or attack not in ASKING
    # What is blocked for its `Cross-Origin-Resource-Policy` too is not even told to us.
    answers = [answer.status for request in asked if (answer := request.response()) is not None]
    assert {403, 405} >= set(answers)
    assert brands == sorted(path.name for path in (preview.root / "brands").iterdir())
    assert framed.page.url.startswith(preview.studio)


def test_the_studio_itself_is_answered(framed):
    """The control: the same requests from its own page."""
    status = framed.page.evaluate("fetch('/api/project').then((answer) => answer.status)")
    assert 200 == status
    name = "async () => { const a = await fetch('/api/colors', {method: 'POST', body: '{}', headers: "
    assert 400 == framed.page.evaluate(name + "{'content-type': 'application/json'}}); return a.status; }")


def test_nobody_else_frames_the_pages(preview, chromium):
    """Another site that learned the secret gets no frame of them."""
    page = chromium.new_page()
    page.route("http://other.example/", lambda route: route.fulfill(body="<p>other</p>", content_type="text/html"))
    page.goto("http://other.example/")
    loaded = page.evaluate(
        """(source) => new Promise((done) => {
            const frame = document.createElement('iframe');
            frame.onload = () => done(true);
            frame.src = source;
            document.body.append(frame);
            setTimeout(() => done(false), 3000);
        })""",
        f"{preview.pages}acme/living.html",
    )
    texts = [each.inner_text("body") for each in page.frames[1:]] if loaded else []
    assert not any("First words" in text for text in texts)
    page.close()
