"""What somebody could write on a card to make a browser do something."""

from itertools import product

_RUN = "window.ran=(window.ran||0)+1"
_HANDLERS = (
    *("onload", "onerror", "onclick", "onfocus", "onmouseover", "onanimationstart", "ontoggle"),
    *("onpointerenter", "onbeforetoggle", "onscrollend"),
)
_ELEMENTS = (
    *("img src=x", "svg", "body", "video src=x", "audio src=x", "details open", "input autofocus"),
    *("iframe srcdoc=x", "object data=x", "math", "marquee", "select autofocus", "style"),
)
_SCHEMES = (
    f"javascript:{_RUN}",
    f"JaVaScRiPt:{_RUN}",
    f"java\tscript:{_RUN}",
    f"&#106;avascript:{_RUN}",
    f"vbscript:{_RUN}",
    f"data:text/html,<script>{_RUN}</script>",
    "//evil.example/x",
    "/accounts/logout/",
    "\x01javascript:1",
)
_SCRIPTS = (
    f"<script>{_RUN}</script>",
    f"<scr<script>ipt>{_RUN}</scr</script>ipt>",
    f"<SCRIPT/SRC=//evil.example/x.js></SCRIPT>{_RUN}",
    f"<svg><script>{_RUN}</script></svg>",
    f"<math><mtext></form><form><mglyph><style></math><img src onerror={_RUN}>",
    f"<noscript><p title='</noscript><img src=x onerror={_RUN}>'>",
    f"<template><script>{_RUN}</script></template>",
    f"<!--><img src=x onerror={_RUN}>-->",
    f"<![CDATA[<img src=x onerror={_RUN}>]]>",
    f"</textarea><script>{_RUN}</script>",
    f"</title><script>{_RUN}</script>",
    f'"><script>{_RUN}</script>',
    f"'-{_RUN}-'",
    f"<a href='x' style='animation-name:x' onanimationstart={_RUN}>x</a>",
    "<p hx-post='/review/undo/' hx-trigger='load'>x</p>",
    "<div data-hx-get='/review/undo/' data-hx-trigger=load>x</div>",
    "<form action='/accounts/logout/' method=post><button>x</button></form>",
    "<meta http-equiv=refresh content='0;url=//evil.example/'>",
    "<link rel=stylesheet href=//evil.example/x.css>",
    "<base href=//evil.example/>",
    "<img src=//evil.example/pixel.png>",
    "<style>@import '//evil.example/x.css';</style>",
    "<div style='position:fixed;inset:0;background:url(//evil.example/x)'>x</div>",
    "<p id=main class=button name=csrfmiddlewaretoken>x</p>",
)
_MARKDOWN = (
    "![x](https://evil.example/pixel.png)",
    "![x](//evil.example/pixel.png)",
    "![x](media:../../etc/passwd)",
    "![x](media:019cb000-0000-7000-8000-000000000003)",
    f'![x" onerror="{_RUN}](media:019cb000-0000-7000-8000-000000000003)',
    f'[x](https://example.org "x" onclick="{_RUN}")',
    f'<https://example.org/" onclick="{_RUN}">',
    f"```\n</code></pre><script>{_RUN}</script>\n```",
    f'```html" onclick="{_RUN}\n<b>\n```',
    f"| a |\n|---|\n| <img src=x onerror={_RUN}> |",
    f"[x]: javascript:{_RUN}\n[x]",
    f"&lt;script&gt;{_RUN}&lt;/script&gt;",
    f"\\<script>{_RUN}</script>",
    f"`<script>{_RUN}</script>`",
)

PAYLOADS: tuple[str, ...] = (
    *_SCRIPTS,
    *_MARKDOWN,
    *(f"<{element} {handler}={_RUN}>" for element, handler in product(_ELEMENTS, _HANDLERS)),
    *(f"<{element} {handler}='{_RUN}'//" for element, handler in product(_ELEMENTS[:4], _HANDLERS)),
    *(f"[x]({scheme})" for scheme in _SCHEMES),
    *(f'<a href="{scheme}">x</a>' for scheme in _SCHEMES),
    *(f"<{scheme}>" for scheme in _SCHEMES),
    *(f"![x]({scheme})" for scheme in _SCHEMES),
)
