/** Plain, and near enough to GitHub's look to judge how a comment reads. */
export const STYLE = `
:root{color-scheme:light}*{box-sizing:border-box}body{font:14px/1.5 system-ui,sans-serif;color:#1f2328;background:#fff;margin:0 auto;max-width:1100px;padding:16px}
h1{font-size:24px;font-weight:400;margin:0}h1 span,header p{color:#59636e}header p{margin:2px 0 12px}
.check{border:1px solid #d1d9e0;border-left:6px solid #9a6700;border-radius:6px;padding:8px 12px;margin-bottom:16px}.check.success{border-left-color:#1a7f37}.check.failure{border-left-color:#d1242f}
section{border:1px solid #d1d9e0;border-radius:6px;margin:16px 0;overflow:hidden}section h3{font:600 12px ui-monospace,monospace;background:#f6f8fa;margin:0;padding:8px 12px;border-bottom:1px solid #d1d9e0}
section h3 em{background:#0969da;color:#fff;border-radius:8px;padding:0 6px;font-style:normal;float:right}.note{padding:8px 12px;color:#59636e;margin:0}
section>table{border-collapse:collapse;width:100%;font:12px/20px ui-monospace,monospace}section>table>tbody>tr>td{padding:0 8px;vertical-align:top}
section>table>tbody>tr>td:nth-child(-n+2){width:44px;text-align:right;color:#59636e}code{white-space:pre-wrap;overflow-wrap:anywhere}
.added{background:#dafbe1}.removed{background:#ffebe9}.hunk{background:#ddf4ff;color:#59636e}.hunk td{text-align:left!important}.inline>td{text-align:left!important;width:auto!important;padding:8px 12px!important;background:#fff;border-block:1px solid #d1d9e0}
.comment{border:1px solid #d1d9e0;border-radius:6px;margin:12px 0;font:14px/1.5 system-ui,sans-serif}.comment h4{background:#f6f8fa;margin:0;padding:6px 12px;font-size:13px;border-bottom:1px solid #d1d9e0}
.comment>div{padding:4px 14px}.comment code{background:#eff1f3;border-radius:4px;padding:1px 4px;font-size:12px}.comment pre{background:#f6f8fa;padding:10px;border-radius:6px;overflow:auto}.comment pre code{background:none;padding:0}
.comment pre:has(.language-suggestion){background:#dafbe1;border:1px solid #4ac26b}.comment pre:has(.language-suggestion)::before{content:"Suggested change";display:block;color:#59636e;font:12px system-ui}
.comment table{border-collapse:collapse}.comment td,.comment th{border:1px solid #d1d9e0;padding:4px 10px;text-align:left}details{margin:6px 0}.resolved{border:1px solid #d1d9e0;border-radius:6px;padding:6px 12px}.resolved>summary{color:#59636e}.outdated{padding:0 12px}.check span{border:1px solid #d1d9e0;border-radius:6px;padding:1px 8px;float:right;margin-left:6px;font-size:12px}summary{color:#0969da;cursor:pointer}`;
