// Pages work without this. It marks a place (#s=start-end) that no mark of the page begins at,
// and moves between marks with the keys n and p.
"use strict";
(() => {
  const place = () => /^#s=(\d+)-(\d+)$/.exec(decodeURIComponent(location.hash));
  const walk = (from, to) => {
    for (const words of document.querySelectorAll(".words[data-start]")) {
      let at = Number(words.dataset.start);
      const nodes = document.createTreeWalker(words, NodeFilter.SHOW_TEXT, {
        acceptNode: (n) => (n.parentElement.closest(".ref") ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT),
      });
      for (let node = nodes.nextNode(); node; node = nodes.nextNode()) {
        const size = [...node.data].length;
        if (node.parentElement.closest("p, h3") && at + size > from && at < to) return node;
        if (node.parentElement.closest("p, h3")) at += size;
      }
    }
    return null;
  };
  const show = () => {
    const asked = place();
    if (!asked || document.getElementById(asked[0].slice(1))) return;
    const node = walk(Number(asked[1]), Number(asked[2]));
    if (!node) return;
    node.parentElement.classList.add("sought");
    node.parentElement.scrollIntoView({ block: "center" });
  };
  let current = -1;
  document.addEventListener("keydown", (event) => {
    const busy = event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, select, textarea");
    if (busy || (event.key !== "n" && event.key !== "p")) return;
    const marks = [...document.querySelectorAll(".words .ref")];
    if (!marks.length) return;
    current = (current + (event.key === "n" ? 1 : -1) + marks.length) % marks.length;
    marks[current].focus();
    marks[current].scrollIntoView({ block: "center" });
  });
  addEventListener("hashchange", show);
  show();
})();
