/* Points from findings and answers to cells and back, and takes files that are dropped on the page.
   No request, no eval; every word that it says comes from window.xgWords. */
(() => {
  const words = window.xgWords;
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
    if (cells.length) openTables();
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
    if (said && first) said.textContent = words.marked.replace("{count}", wanted.size);
    else if (said && !cells.length) said.textContent = words.unmarked;
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
    /* A card without cells points at nothing: what was marked before is no longer meant. */
    const pointing = target.closest("[data-cells], .xg-card");
    if (pointing && !String(window.getSelection())) choose(pointing);
  });
  /* Gradio gives the upload field an English name for screen readers. */
  const rename = () => {
    for (const field of document.querySelectorAll('#xg-upload [aria-label^="Click to upload"]')) {
      field.setAttribute("aria-label", words.upload);
    }
  };
  /* Its notices about a lost connection are English too. */
  const translate = () => {
    for (const text of document.querySelectorAll(".toast-text, .toast-message-text")) {
      if (/[A-Za-z]{4}/.test(text.textContent)) {
        const lost = /fetch|connection|network/i.test(text.textContent);
        text.textContent = lost ? words.offline : words.fault;
      }
    }
    for (const title of document.querySelectorAll(".toast-title")) {
      if (/[A-Za-z]/.test(title.textContent)) title.textContent = words.notice;
    }
  };
  /* Files may fall anywhere on the page. A folder is opened: by itself the browser sends nothing. */
  const ignored = /^(\.|~\$|Thumbs\.db$|desktop\.ini$)/i;
  const carriesFiles = (event) => [...(event.dataTransfer?.types ?? [])].includes("Files");
  const opened = async (entry) => {
    if (entry.isFile) {
      return ignored.test(entry.name) ? [] : [await new Promise((ok, no) => entry.file(ok, no))];
    }
    const reader = entry.createReader();
    const found = [];
    for (;;) {
      const some = await new Promise((ok, no) => reader.readEntries(ok, no));
      if (!some.length) break;
      for (const inner of some) found.push(...(await opened(inner)));
    }
    return found.sort((one, other) => one.name.localeCompare(other.name, "zh"));
  };
  const upload = (files) => {
    const field = document.querySelector("#xg-upload input[type=file]");
    if (!field) return;
    const carried = new DataTransfer();
    for (const file of files) carried.items.add(file);
    field.files = carried.files;
    field.dispatchEvent(new Event("change", { bubbles: true }));
  };
  const tell = (sentence) => {
    const place = document.querySelector("#xg-progress .xg-progress");
    if (!place) return;
    const said = document.createElement("p");
    said.className = "xg-failed";
    said.textContent = sentence;
    place.replaceChildren(said);
  };
  const dragging = (on) => document.body.classList.toggle("xg-dragging", on);
  const over = (event) => {
    if (!carriesFiles(event)) return;
    event.preventDefault();
    dragging(true);
  };
  document.addEventListener("dragenter", over, true);
  document.addEventListener("dragover", over, true);
  document.addEventListener(
    "dragleave",
    (event) => {
      if (!event.relatedTarget) dragging(false);
    },
    true,
  );
  document.addEventListener(
    "drop",
    async (event) => {
      dragging(false);
      if (!carriesFiles(event)) return;
      /* The field would take files and send a folder as a broken file, so the page takes both. */
      event.preventDefault();
      event.stopPropagation();
      const entries = [...event.dataTransfer.items]
        .map((item) => item.webkitGetAsEntry?.())
        .filter(Boolean);
      const files = (await Promise.all(entries.map(opened))).flat();
      if (files.length) upload(files);
      else if (entries.length) tell(words.empty_folder.replace("{name}", entries[0].name));
    },
    true,
  );
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
  /* Another report begins at its top; the same one, shown anew, stays where it was. */
  const SHEETS = ".xg-tables, .xg-findings";
  const places = new Map();
  const known = new WeakSet();
  document.addEventListener(
    "scroll",
    (event) => {
      const sheet = event.target;
      if (sheet instanceof Element && sheet.matches(SHEETS)) {
        places.set(sheet.classList[0], sheet.scrollTop);
      }
    },
    true,
  );
  let shown = "";
  const turn = () => {
    const verdict = document.querySelector("#xg-verdict [data-report]");
    const now = verdict ? verdict.dataset.report : "";
    if (now !== shown) {
      shown = now;
      places.clear();
      for (const sheet of document.querySelectorAll(SHEETS)) sheet.scrollTop = 0;
      setTimeout(hold, 100);
    }
    for (const sheet of document.querySelectorAll(SHEETS)) {
      if (known.has(sheet)) continue;
      known.add(sheet);
      sheet.scrollTop = places.get(sheet.classList[0]) || 0;
    }
  };
  /* An answer that grows stays in sight. */
  const follow = () => {
    const growing = document.querySelector("#xg-chat .xg-asking");
    if (growing) growing.parentElement.scrollTop = growing.parentElement.scrollHeight;
  };
  const changed = () => {
    follow();
    rename();
    translate();
    turn();
  };
  window.addEventListener("resize", hold);
  new MutationObserver(changed).observe(document.documentElement, { childList: true, subtree: true });
  window.xgTaken = () => {
    const box = document.querySelector("#xg-question textarea, #xg-question input");
    if (!box) return;
    box.value = "";
    box.dispatchEvent(new Event("input", { bubbles: true }));
  };
  window.xgAnswered = () => {
    const log = document.querySelector("#xg-chat .xg-chat");
    if (!log) return;
    const newest = log.querySelector(".xg-answer:last-child");
    const question = log.querySelector(".xg-question:nth-last-child(2)");
    if (question) log.scrollTop = question.offsetTop - log.offsetTop;
    if (newest && newest.dataset.cells) mark(cellsOf(newest));
  };
})();
