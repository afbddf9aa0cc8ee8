/* Points from findings and answers to cells, and from cells back to findings. No request, no eval. */
(() => {
  const openTables = () => {
    const tab = [...document.querySelectorAll("#xg-right button[role=tab]")][0];
    if (tab && tab.getAttribute("aria-selected") !== "true") tab.click();
  };
  /* Scrolls the sheet alone; the page stays where it is unless the sheet is out of sight. */
  const reveal = (node) => {
    const sheet = node.closest(".xg-tables, .xg-findings");
    if (!sheet) return;
    const box = sheet.getBoundingClientRect();
    const place = node.getBoundingClientRect();
    sheet.scrollTop += place.top - box.top - Math.max(0, (box.height - place.height) / 2);
    sheet.scrollLeft += Math.min(0, place.left - box.left) + Math.max(0, place.right - box.right);
    if (box.bottom < 60 || box.top > window.innerHeight - 60) {
      node.scrollIntoView({ block: "center" });
    }
  };
  const mark = (cells, { move = true } = {}) => {
    openTables();
    const wanted = new Set(cells);
    let first = null;
    for (const cell of document.querySelectorAll("#xg-tables [data-cell]")) {
      const hit = wanted.has(cell.dataset.cell);
      cell.classList.toggle("xx-highlight", hit);
      if (hit && !first) first = cell;
    }
    if (first && move) {
      setTimeout(() => reveal(first), 50);
    }
    const said = document.getElementById("xg-said");
    if (said && first) said.textContent = `已标出${wanted.size}格`;
  };
  const cellsOf = (node) => (node.dataset.cells || "").split(" ").filter(Boolean);
  const choose = (node) => {
    for (const card of document.querySelectorAll(".xg-card")) {
      card.classList.toggle("xg-chosen", card === node.closest(".xg-card"));
    }
    mark(cellsOf(node));
  };
  const show = (id) => {
    const card = document.getElementById(id);
    if (!card) return;
    reveal(card);
    card.setAttribute("tabindex", "-1");
    card.focus({ preventScroll: true });
    choose(card);
  };
  document.addEventListener("click", (event) => {
    const target = event.target instanceof Element ? event.target : null;
    if (!target) return;
    const link = target.closest("a.xx-ref");
    if (link) {
      event.preventDefault();
      show(link.getAttribute("href").replace("#", ""));
      return;
    }
    const pointing = target.closest("[data-cells]");
    if (pointing && !String(window.getSelection())) choose(pointing);
  });
  /* Gradio gives the upload field an English name for screen readers. */
  const rename = () => {
    for (const field of document.querySelectorAll('#xg-upload [aria-label^="Click to upload"]')) {
      field.setAttribute("aria-label", "点击选择文件，或者把文件拖到这里");
    }
  };
  /* The column headings of a long table stay in sight while its rows scroll. */
  const hold = () => {
    for (const table of document.querySelectorAll("#xg-tables .xx-table[data-table=requests] table")) {
      const rows = [...table.rows];
      const first = rows.findIndex((row) => row.querySelector("td"));
      for (const row of rows.slice(0, Math.max(0, first))) {
        const top = `${Math.floor(row.offsetTop - rows[0].offsetTop) - 2 * row.rowIndex}px`;
        for (const cell of row.cells) {
          if (cell.style.top !== top) cell.style.top = top;
          cell.classList.add("xg-held");
        }
      }
    }
  };
  /* Another report begins at its top. */
  let shown = "";
  const turn = () => {
    const verdict = document.getElementById("xg-verdict");
    const chosen = document.querySelector("#xg-reports input:checked");
    const now = `${chosen ? chosen.value : ""} ${verdict ? verdict.textContent : ""}`;
    if (now === shown) return;
    shown = now;
    for (const sheet of document.querySelectorAll(".xg-tables, .xg-findings")) sheet.scrollTop = 0;
    setTimeout(hold, 100);
  };
  const changed = () => {
    rename();
    turn();
  };
  window.addEventListener("resize", hold);
  new MutationObserver(changed).observe(document.documentElement, { childList: true, subtree: true });
  window.xgAnswered = () => {
    const log = document.querySelector("#xg-chat .xg-chat");
    if (!log) return;
    const newest = log.querySelector(".xg-answer:last-child");
    const question = log.querySelector(".xg-question:nth-last-child(2)");
    if (question) log.scrollTop = question.offsetTop - log.offsetTop;
    if (newest && newest.dataset.cells) mark(cellsOf(newest));
  };
})();
