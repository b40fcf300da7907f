/** The page's style sheet: dark and light, no font and no image of elsewhere. */
export const STYLE = `
:root{color-scheme:light dark;--bg:#fff;--fg:#1c2128;--dim:#59636e;--line:#d1d9e0;--card:#f6f8fa;--bad:#b3261e;--badbg:#fdecea;--good:#18794e;--warn:#8a5a00;--warnbg:#fff6e0;
--dns:#8250df;--connect:#0550ae;--tls:#bf3989;--wait:#2da44e;--receive:#54aeff;--other:#8c959f}
@media(prefers-color-scheme:dark){:root{--bg:#0d1117;--fg:#e6edf3;--dim:#9198a1;--line:#30363d;--card:#161b22;--bad:#ff8b80;--badbg:#2d1517;--good:#56d389;--warn:#e3b341;--warnbg:#2b2111;
--dns:#a371f7;--connect:#388bfd;--tls:#f778ba;--wait:#3fb950;--receive:#a5d6ff;--other:#6e7681}}
*{box-sizing:border-box}
body{margin:0;background:var(--bg);color:var(--fg);font:15px/1.5 system-ui,sans-serif}
main{max-width:70rem;margin:0 auto;padding:1.5rem 1rem 4rem}
h1{font-size:1.5rem;line-height:1.3;margin:0 0 .25rem;overflow-wrap:anywhere}
h2{font-size:1.05rem;margin:2rem 0 .5rem}
p{margin:.25rem 0}
code,pre,.mono{font:13px/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;unicode-bidi:isolate;overflow-wrap:anywhere}
pre{margin:0;padding:.6rem .75rem;background:var(--card);border:1px solid var(--line);border-radius:6px;white-space:pre-wrap}
.dim{color:var(--dim)}
.name{overflow-wrap:anywhere;unicode-bidi:isolate;font-weight:600}
.pill{display:inline-block;padding:0 .6em;border-radius:1em;border:1px solid currentColor;font-size:.85em;font-weight:600;white-space:nowrap}
.passed{color:var(--good)}.flaky,.degraded{color:var(--warn)}.failed,.error{color:var(--bad)}.skipped{color:var(--dim)}
.first{border:1px solid var(--bad);border-left-width:6px;border-radius:6px;background:var(--badbg);padding:1rem;margin:1.25rem 0}
.first h2{margin:0 0 .5rem;color:var(--bad)}
.first a{color:inherit}
.first pre{background:var(--bg)}
.pair{display:grid;grid-template-columns:5.5rem 1fr;gap:.4rem .75rem;margin:.75rem 0;align-items:start}
.pair dt{color:var(--dim);padding-top:.6rem}.pair dd{margin:0;min-width:0}
.warning{border-left:4px solid var(--warn);background:var(--warnbg);padding:.5rem .75rem;margin:.5rem 0;overflow-wrap:anywhere}
.fall{width:100%;border-collapse:collapse;table-layout:fixed}
.fall td{padding:.1rem .5rem .1rem 0;border-bottom:1px solid var(--line);vertical-align:middle}
.fall .who{width:15rem;overflow:hidden;text-overflow:ellipsis;white-space:nowrap;unicode-bidi:isolate}
.fall .passed{color:inherit}
.fall .long{width:5.5rem;text-align:right;white-space:nowrap;color:var(--dim);padding-right:0}
.fall a{color:inherit;text-decoration:none}.fall a:hover{text-decoration:underline}
svg{display:block;width:100%;height:14px}
.dns{fill:var(--dns)}.connect{fill:var(--connect)}.tls{fill:var(--tls)}.wait{fill:var(--wait)}.receive{fill:var(--receive)}.other{fill:var(--other)}
.bad{fill:var(--bad)}.grid{stroke:var(--line);stroke-width:1;vector-effect:non-scaling-stroke}
.legend{display:flex;flex-wrap:wrap;gap:.25rem 1rem;font-size:.85em;color:var(--dim);margin:.5rem 0}
.legend svg{display:inline-block;width:12px;height:12px;vertical-align:-1px;margin-right:.35em}
details{border:1px solid var(--line);border-radius:6px;margin:.5rem 0}
summary{cursor:pointer;padding:.5rem .75rem;list-style-position:inside}
summary .dim{font-size:.9em}
.inner{padding:.25rem .75rem .75rem;border-top:1px solid var(--line)}
.reason{overflow-wrap:anywhere;unicode-bidi:isolate}
.attempt{margin:.9rem 0 .25rem}
ul{list-style:none;margin:.35rem 0;padding:0}
li{display:grid;grid-template-columns:1.4rem 1fr;padding:.1rem 0}
li .mono{min-width:0}
@media(max-width:40rem){.fall .who{width:8rem}.pair{grid-template-columns:1fr}.pair dt{padding:0}}
@media print{details{break-inside:avoid}}
`;
