extension ComparisonReport {
  /// The style sheet of the page.
  static let style = """
    :root {
      --paper: #f7f5f1; --card: #ffffff; --ink: #22262b; --soft: #62686f; --line: #e4e0d9; --accent: #0e5678;
      --track: rgb(14 86 120 / 9%); --heat: 14 86 120; --miss: #a8402c;
      --s1: #0e5678; --s2: #b4581a; --s3: #3f7a35; --s4: #7d4a9e; --s5: #9b2f50; --s6: #6b6415;
      --ui: system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", sans-serif;
      --serif: "Iowan Old Style", "Palatino Linotype", Palatino, "Source Serif 4", Georgia, serif;
    }
    @media (prefers-color-scheme: dark) {
      :root {
        --paper: #14171a; --card: #1c2024; --ink: #e8e6e1; --soft: #a2a8b0; --line: #2c3137; --accent: #7cc8ee;
        --track: rgb(112 196 238 / 12%); --heat: 112 196 238; --miss: #f0937d;
        --s1: #7cc8ee; --s2: #f0a268; --s3: #93cf84; --s4: #cba4e8; --s5: #f096b0; --s6: #d3cb6c;
      }
    }
    .s1 { --c: var(--s1); } .s2 { --c: var(--s2); } .s3 { --c: var(--s3); }
    .s4 { --c: var(--s4); } .s5 { --c: var(--s5); } .s6 { --c: var(--s6); }
    * { box-sizing: border-box; }
    [hidden] { display: none !important; }
    body { margin: 0; background: var(--paper); color: var(--ink); font: 15px/1.5 var(--ui); }
    .masthead, main { max-width: 1240px; margin: 0 auto; padding: 0 28px; }
    .masthead { padding-top: 44px; padding-bottom: 24px; }
    h1 {
      font: 600 30px/1.2 var(--serif); letter-spacing: -0.01em; margin: 0 0 4px; text-wrap: balance;
      overflow-wrap: anywhere;
    }
    h2 { font: 600 20px/1.3 var(--serif); margin: 0 0 2px; }
    .masthead p, .note { margin: 0; color: var(--soft); font-variant-numeric: tabular-nums; }
    .note { margin-bottom: 16px; max-width: 72ch; }
    section {
      background: var(--card); border: 1px solid var(--line); border-radius: 14px; padding: 24px 30px 22px;
      margin: 0 0 18px; min-width: 0;
    }
    .pair { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 0 18px; }
    .pair > :only-child { grid-column: 1 / -1; }
    :focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
    .scroll { overflow-x: auto; scrollbar-width: thin; border-radius: 6px; }
    table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
    th, td { text-align: left; padding: 10px 24px 10px 0; vertical-align: top; border-top: 1px solid var(--line); }
    th:last-child, td:last-child { padding-right: 0; }
    thead th { border-top: 0; padding-top: 0; color: var(--soft); font-weight: 400; font-size: 13px; }
    tbody th { font-weight: 400; }
    small { color: var(--soft); font-size: 12px; font-weight: 400; }
    tbody th small { display: block; }
    .system {
      display: inline-flex; align-items: baseline; gap: 8px; max-width: 220px; color: var(--ink);
      overflow-wrap: anywhere;
    }
    th .system { min-width: 60px; }
    .system::before {
      content: ""; flex: none; width: 9px; height: 9px; border-radius: 3px; background: var(--c);
    }
    .soft { color: var(--soft); }
    .scores td { min-width: 150px; }
    .scores .value { font-size: 22px; line-height: 1.2; }
    .best { font-weight: 650; }
    .interval {
      display: block; position: relative; height: 8px; border-radius: 4px; background: var(--track);
      margin: 5px 0 4px; max-width: 240px;
    }
    .interval::before {
      content: ""; position: absolute; inset: 0 auto 0 var(--from); width: calc(var(--to) - var(--from));
      border-radius: 4px; background: var(--c); opacity: 0.5;
    }
    .interval::after {
      content: ""; position: absolute; top: -2px; bottom: -2px; left: calc(var(--at) - 1.5px); width: 3px;
      border-radius: 2px; background: var(--c);
    }
    .test { display: block; font-size: 13px; color: var(--soft); }
    .test em { color: var(--miss); font-style: normal; }
    .buckets th, .buckets td { padding-top: 6px; padding-bottom: 6px; }
    .buckets tbody th { white-space: nowrap; }
    .buckets td { min-width: 84px; }
    .bar {
      display: block; width: 84px; height: 6px; border-radius: 3px; margin-top: 2px;
      background: linear-gradient(90deg, var(--c) var(--size), var(--track) var(--size));
    }
    .tools { display: flex; flex-wrap: wrap; gap: 10px; margin: 0 0 6px; }
    input, select {
      font: inherit; font-size: 14px; color: inherit; background: var(--card); height: 36px; padding: 0 12px;
      border: 1px solid var(--soft); border-radius: 8px; max-width: 100%;
    }
    input::placeholder { color: var(--soft); opacity: 1; }
    .legend { display: flex; flex-wrap: wrap; gap: 6px 14px; margin: 0 0 16px; }
    b { font-weight: inherit; border-radius: 3px; padding: 0.5px 1px; -webkit-box-decoration-break: clone; }
    .m0 { color: var(--miss); text-decoration: underline dotted 1.5px; text-underline-offset: 3px; }
    .m1 { background: rgb(var(--heat) / 8%); }
    .m2 { background: rgb(var(--heat) / 15%); }
    .m3 { background: rgb(var(--heat) / 23%); }
    .m4 { background: rgb(var(--heat) / 33%); }
    article { border-top: 1px solid var(--line); padding: 16px 0 8px; scroll-margin-top: 16px; }
    article:target { box-shadow: -4px 0 0 var(--accent); padding-left: 12px; }
    .label { display: flex; gap: 12px; align-items: baseline; margin: 0 0 8px; font-size: 13px; }
    .label a { color: var(--soft); font-variant-numeric: tabular-nums; }
    .label a:hover { color: var(--accent); }
    article dl { display: grid; grid-template-columns: minmax(120px, 240px) minmax(0, 1fr); gap: 0 20px; margin: 0; }
    dt { color: var(--soft); font-size: 13px; padding-top: 3px; }
    dd { margin: 0 0 8px; font: 17px/1.45 var(--serif); overflow-wrap: anywhere; white-space: pre-wrap; }
    .points { font-variant-numeric: tabular-nums; margin-left: 6px; }
    dd.source, dd.reference { font-style: italic; }
    dd.source { color: var(--soft); }
    dd:empty::after, dd span:empty::after { content: "(empty)"; color: var(--soft); font-style: italic; }
    .signatures { margin: 0; }
    .signatures dd { font: 13px/1.5 var(--ui); }
    code { font: 12.5px/1.5 ui-monospace, "SF Mono", Menlo, Consolas, monospace; overflow-wrap: anywhere; }
    .notice { color: var(--soft); margin: 12px 0; }
    @media (max-width: 900px) {
      .masthead, main { padding-left: 16px; padding-right: 16px; }
      .pair { grid-template-columns: minmax(0, 1fr); }
      section { padding: 20px 18px 18px; }
    }
    @media (max-width: 620px) {
      article dl { grid-template-columns: minmax(0, 1fr); }
      th, td { padding-right: 16px; }
    }
    @media print {
      body { background: none; }
      .tools { display: none !important; }
      article { break-inside: avoid; }
      b, .bar, .interval, .interval::before { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
    }
    """
}
