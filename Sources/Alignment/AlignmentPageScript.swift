extension AlignmentPage {
  /// The script of the page: draws a matrix when its sentence comes near the window, follows the pointer,
  /// searches and sorts.
  ///
  /// Words reach the document as text nodes alone, never as markup.
  static let script = #"""
    "use strict";
    const matrices = JSON.parse(document.getElementById("matrices").textContent);
    const articles = [...document.querySelectorAll("article")];
    const hint = "Point at a cell or a word to see its weight.";

    function element(name, parent, text) {
      const node = parent.appendChild(document.createElement(name));
      if (text !== undefined) node.textContent = text;
      return node;
    }

    function percent(thousandths) {
      return thousandths % 10 && thousandths < 1000 ? (thousandths / 10).toFixed(1) + "\u00a0%"
        : thousandths / 10 + "\u00a0%";
    }

    function draw(article) {
      const scroll = article.querySelector(".scroll");
      if (!scroll || scroll.firstChild) return;
      const { s, t, w } = matrices[article.dataset.index];
      if (Math.max(s.length, t.length) > 24) scroll.classList.add("dense");
      const table = element("table", scroll);
      const head = element("tr", element("thead", table));
      element("td", head);
      const sourceHeads = s.map((word, column) => {
        const th = element("th", head);
        th.scope = "col";
        th.dataset.column = column;
        const span = element("span", element("div", th), word);
        span.dir = "auto";
        span.title = word;
        return th;
      });
      const body = element("tbody", table);
      const targetHeads = [];
      const cells = t.map((word, row) => {
        const tr = element("tr", body);
        const th = element("th", tr);
        th.scope = "row";
        th.dataset.row = row;
        const span = element("span", th, word);
        span.dir = "auto";
        span.title = word;
        targetHeads.push(th);
        return s.map((_, column) => {
          const td = element("td", tr);
          td.dataset.row = row;
          td.dataset.column = column;
          const weight = w[row * s.length + column];
          td.setAttribute("aria-label", percent(weight));
          element("i", td).style.opacity = weight / 1000;
          return td;
        });
      });
      // Slanted words reach up and to the right of their columns: make that room.
      const longest = Math.max(0, ...sourceHeads.map(th => th.querySelector("span").offsetWidth));
      head.style.height = Math.ceil(longest * Math.sin(58 * Math.PI / 180) + 22) + "px";
      table.style.marginRight = Math.ceil(longest * Math.cos(58 * Math.PI / 180)) + "px";
      // What the keyboard walks to is not to stand behind the words.
      scroll.style.scrollPaddingTop = head.offsetHeight + "px";
      scroll.style.scrollPaddingLeft = head.firstChild.offsetWidth + "px";
      const parts = { s, t, w, cells, sourceHeads, targetHeads };
      followPointer(article.querySelector("figcaption"), scroll, parts);
    }

    function followPointer(caption, scroll, { s, t, w, cells, sourceHeads, targetHeads }) {
      const rest = caption.closest("article") === articles[0] ? hint : "";
      caption.textContent = rest;
      let lit = [];
      const light = (node, name) => { node.classList.add(name); lit.push([node, name]); };
      const tint = (th, weight) => { th.style.setProperty("--w", weight / 1000); lit.push([th, null]); };
      function clear() {
        for (const [node, name] of lit) name ? node.classList.remove(name) : node.style.removeProperty("--w");
        lit = [];
        caption.textContent = rest;
      }
      function sentence(arrow, word, pairs) {
        caption.textContent = "";
        element("bdi", caption, word);
        caption.append(" " + arrow + " ");
        pairs.forEach(([other, weight], n) => {
          caption.append(n ? ", " : "");
          element("bdi", caption, other);
          caption.append(" " + percent(weight));
        });
        if (!pairs.length) caption.append("nothing above 1\u00a0%");
      }
      function heaviest(pairs) {
        return pairs.slice().sort((a, b) => b[1] - a[1]).slice(0, 4).filter(pair => pair[1] >= 10);
      }
      function show(node) {
        clear();
        const row = node.dataset.row, column = node.dataset.column;
        if (row !== undefined) {
          light(targetHeads[row], "lit");
          cells[row].forEach(td => light(td, "cross"));
        }
        if (column !== undefined) {
          light(sourceHeads[column], "lit");
          cells.forEach(tds => light(tds[column], "cross"));
        }
        if (row !== undefined && column !== undefined) {
          light(node, "here");
          sentence("←", t[row], [[s[column], w[row * s.length + +column]]]);
        } else if (row !== undefined) {
          const weights = s.map((word, n) => [word, w[row * s.length + n]]);
          weights.forEach(([, weight], n) => tint(sourceHeads[n], weight));
          sentence("←", t[row], heaviest(weights));
        } else {
          const weights = t.map((word, n) => [word, w[n * s.length + +column]]);
          weights.forEach(([, weight], n) => tint(targetHeads[n], weight));
          sentence("→", s[column], heaviest(weights));
        }
      }
      scroll.addEventListener("pointerover", event => {
        const node = event.target.closest("td[data-row], th[data-row], th[data-column]");
        if (node) show(node); else clear();
      });
      scroll.addEventListener("pointerleave", event => { if (event.pointerType === "mouse") clear(); });
      // With the keyboard: arrows walk through the cells and, at the edges, the words; Escape lets go.
      let at = null;
      const steps = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };
      scroll.addEventListener("keydown", event => {
        if (event.key === "Escape") { at = null; clear(); return; }
        const step = steps[event.key];
        if (!step) return;
        event.preventDefault();
        const next = at ? [at[0] + step[0], at[1] + step[1]] : [0, 0];
        const [row, column] = next;
        if (Math.max(row, column) < 0 || Math.min(row, column) < -1 || row >= t.length || column >= s.length) return;
        at = next;
        const node = row < 0 ? sourceHeads[column] : column < 0 ? targetHeads[row] : cells[row][column];
        show(node);
        node.scrollIntoView({ block: "nearest", inline: "nearest" });
      });
      scroll.addEventListener("blur", () => { at = null; clear(); });
    }

    const observer = new IntersectionObserver(entries => {
      for (const entry of entries) {
        if (!entry.isIntersecting) continue;
        observer.unobserve(entry.target);
        draw(entry.target);
      }
    }, { rootMargin: "600px" });
    articles.forEach(article => observer.observe(article));
    addEventListener("beforeprint", () => articles.forEach(draw));

    const search = document.getElementById("search");
    if (search) {
      const texts = articles.map(article =>
        [...article.querySelectorAll("dd")].map(dd => dd.textContent).join("\n").toLocaleLowerCase());
      search.addEventListener("input", () => {
        const wanted = search.value.trim().toLocaleLowerCase();
        let shown = 0;
        articles.forEach((article, n) => {
          article.hidden = !texts[n].includes(wanted);
          if (!article.hidden) shown += 1;
        });
        document.getElementById("nothing").hidden = shown > 0;
      });
    }

    const order = document.getElementById("order");
    if (order) {
      order.addEventListener("change", () => {
        const score = article => "score" in article.dataset ? +article.dataset.score : null;
        const sign = order.value === "worst" ? 1 : -1;
        const sorted = articles.slice();
        if (order.value !== "given") {
          sorted.sort((a, b) => {
            const x = score(a), y = score(b);
            if (x === null || y === null) return (x === null) - (y === null);
            return sign * (x - y);
          });
        }
        document.querySelector("main").prepend(...sorted);
      });
    }
    """#
}
