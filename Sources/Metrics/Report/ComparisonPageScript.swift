extension ComparisonReport {
  /// The script of the page: searches and sorts the sentences. Without it all is there, in its first order.
  static let script = #"""
    "use strict";
    const list = document.getElementById("list");
    const articles = [...list.children];
    const texts = articles.map(article =>
      [...article.querySelectorAll("dd")].map(dd => dd.textContent).join("\n").toLocaleLowerCase());
    document.querySelector(".tools").hidden = false;

    const search = document.getElementById("search");
    search.addEventListener("input", () => {
      const wanted = search.value.trim().toLocaleLowerCase();
      let shown = 0;
      articles.forEach((article, n) => {
        article.hidden = !texts[n].includes(wanted);
        if (!article.hidden) shown += 1;
      });
      document.getElementById("nothing").hidden = shown > 0;
    });

    const order = document.getElementById("order");
    order.addEventListener("change", () => {
      const scores = article => article.dataset.scores.split(" ").map(Number);
      // How far a system is above the best of the others.
      const lead = article => {
        const all = scores(article);
        const own = all.splice(+order.value, 1)[0];
        return own - Math.max(...all);
      };
      const sorted = articles.slice();
      if (order.value === "number") sorted.sort((a, b) => a.dataset.number - b.dataset.number);
      else if (order.value !== "given") sorted.sort((a, b) => lead(b) - lead(a));
      list.replaceChildren(...sorted);
    });
    """#
}
