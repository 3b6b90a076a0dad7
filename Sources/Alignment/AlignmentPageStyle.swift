extension AlignmentPage {
  /// The style sheet of the page.
  static let style = """
    :root {
      --paper: #f7f5f1; --card: #ffffff; --ink: #22262b; --soft: #62686f; --line: #e4e0d9;
      --heat: 14 86 120; --cell: rgb(14 86 120 / 5%); --cross: rgb(14 86 120 / 12%); --accent: #0e5678;
      --ui: system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", sans-serif;
      --serif: "Iowan Old Style", "Palatino Linotype", Palatino, "Source Serif 4", Georgia, serif;
    }
    @media (prefers-color-scheme: dark) {
      :root {
        --paper: #14171a; --card: #1c2024; --ink: #e8e6e1; --soft: #979da5; --line: #2c3137;
        --heat: 112 196 238; --cell: rgb(112 196 238 / 6%); --cross: rgb(112 196 238 / 15%);
        --accent: #7cc8ee;
      }
    }
    * { box-sizing: border-box; }
    [hidden] { display: none !important; }
    body { margin: 0; background: var(--paper); color: var(--ink); font: 15px/1.5 var(--ui); }
    .masthead, main { max-width: 1240px; margin: 0 auto; padding: 0 28px; }
    .masthead {
      display: flex; flex-wrap: wrap; gap: 16px 32px; align-items: flex-end; justify-content: space-between;
      padding-top: 44px; padding-bottom: 24px;
    }
    .heading { flex: 1 1 320px; }
    h1 { font: 600 30px/1.2 var(--serif); letter-spacing: -0.01em; margin: 0 0 4px; text-wrap: balance; }
    .heading p { margin: 0; color: var(--soft); font-variant-numeric: tabular-nums; }
    .tools { display: flex; flex-wrap: wrap; gap: 10px; align-items: center; }
    input, select {
      font: inherit; font-size: 14px; color: inherit; background: var(--card); height: 36px; padding: 0 12px;
      border: 1px solid var(--soft); border-radius: 8px;
    }
    input { width: 190px; }
    input::placeholder { color: var(--soft); opacity: 1; }
    :focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
    .legend {
      display: flex; gap: 8px; align-items: center; color: var(--soft); font-size: 12px; margin-left: 6px;
    }
    .legend i {
      width: 88px; height: 10px; border-radius: 5px;
      background: linear-gradient(90deg, var(--cell), rgb(var(--heat)));
    }
    article {
      display: grid; grid-template-columns: minmax(240px, 5fr) minmax(0, 8fr); gap: 12px 44px;
      align-items: start; background: var(--card); border: 1px solid var(--line); border-radius: 14px;
      padding: 26px 30px 18px; margin: 0 0 18px; scroll-margin-top: 16px;
    }
    article:target { border-color: var(--accent); }
    .label { display: flex; gap: 12px; align-items: baseline; margin: 0 0 16px; font-size: 13px; }
    .label a { color: var(--soft); text-decoration: none; font-variant-numeric: tabular-nums; }
    .label a:hover { color: var(--accent); }
    .score {
      color: var(--accent); background: var(--cell); border-radius: 99px; padding: 1px 10px;
      font-variant-numeric: tabular-nums;
    }
    dl { margin: 0; }
    dt { color: var(--soft); font-size: 12px; margin-bottom: 1px; }
    dd { margin: 0 0 16px; font: 17px/1.45 var(--serif); overflow-wrap: anywhere; white-space: pre-wrap; }
    dd.translation { font-size: 20px; line-height: 1.4; }
    dd.reference { color: var(--soft); font-style: italic; }
    dd:empty::after { content: "(empty)"; color: var(--soft); font-weight: 400; font-style: italic; }
    figure { margin: 0; min-width: 0; }
    .scroll {
      --size: 28px; overflow: auto; max-height: 92vh; min-height: 60px; padding: 0 2px 8px 0;
      scrollbar-width: thin; border-radius: 6px;
    }
    .scroll.dense { --size: 20px; }
    .dense table { font-size: 12px; }
    table { border-collapse: separate; border-spacing: 2px; font-size: 13px; line-height: 1; }
    thead { position: sticky; top: 0; z-index: 2; background: var(--card); }
    thead th {
      vertical-align: bottom; padding: 0; font-weight: 400; width: var(--size); min-width: var(--size);
    }
    thead th div { width: var(--size); position: relative; height: 14px; }
    thead th span {
      position: absolute; left: calc(var(--size) / 2 - 1px); bottom: 4px; white-space: nowrap; padding: 3px 5px; border-radius: 5px;
      transform: rotate(-58deg); transform-origin: 0 100%; cursor: default;
    }
    tbody th, thead td { position: sticky; left: 0; background: var(--card); z-index: 1; }
    .text { position: sticky; top: 20px; }
    tbody th {
      text-align: right; font-weight: 400; padding: 0 6px 0 0; white-space: nowrap; cursor: default;
    }
    tbody th span { display: inline-block; padding: calc((var(--size) - 16px) / 2) 5px; border-radius: 5px; }
    th span { max-width: 180px; overflow: hidden; text-overflow: ellipsis; }
    tbody td {
      width: var(--size); min-width: var(--size); height: var(--size); padding: 0; background: var(--cell);
    }
    tbody td, tbody td i { border-radius: calc(var(--size) / 6); }
    tbody td i { display: block; height: var(--size); background: rgb(var(--heat)); }
    td.cross { background: var(--cross); }
    td.here { box-shadow: 0 0 0 2px var(--card), 0 0 0 4px var(--accent); position: relative; }
    th.lit span { color: var(--accent); font-weight: 600; }
    th span { background: rgb(var(--heat) / calc(var(--w, 0) * 38%)); }
    figcaption {
      min-height: 24px; margin-top: 4px; font-size: 13px; color: var(--soft);
      font-variant-numeric: tabular-nums; overflow-wrap: anywhere;
    }
    figcaption bdi { color: var(--ink); font-weight: 600; }
    .notice { color: var(--soft); margin: 12px 0; }
    body > noscript .notice { max-width: 1240px; padding: 0 28px; margin: 0 auto 20px; }
    @media (max-width: 900px) {
      .masthead, main { padding-left: 16px; padding-right: 16px; }
      article { grid-template-columns: minmax(0, 1fr); padding: 20px 18px 14px; }
      .text { position: static; }
    }
    @media print {
      body { background: none; }
      .tools { display: none; }
      article { break-inside: avoid; border: 0; border-top: 1px solid var(--line); border-radius: 0; }
      .scroll { overflow: visible; max-height: none; }
      .text { position: static; }
      i, td { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
    }
    """
}
