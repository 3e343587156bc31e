"use strict";
// How the page is sorted and filtered stands in the part of its address behind `#`, so that a link
// shows what its sender saw: `#sort=recall:desc&filter=secret&family=pii`. Keys of the table of
// classifiers stand alone, those of others behind the table's id: `class-table.sort=found:asc`.
(() => {
  const main = "classifier-table";
  const state = new URLSearchParams(location.hash.slice(1));
  const element = (id) => document.getElementById(id);
  const key = (table, name) => (table.id === main ? name : `${table.id}.${name}`);

  // What a cell is sorted by; nothing where it is empty.
  const value = (cell, kind) => {
    const text = cell.dataset.value ?? cell.textContent;
    if (kind === "number") return text === "" ? null : Number(text);
    return text.toLowerCase();
  };

  const compare = (a, b, sign) => {
    if (a === null || b === null) return (a === null) - (b === null);
    return a < b ? -sign : a > b ? sign : 0;
  };

  // Rows of a group stay behind their first one.
  const groups = (body) => {
    const found = [];
    for (const row of body.rows) {
      const name = row.dataset.group;
      const last = found[found.length - 1];
      if (name !== undefined && last && last[0].dataset.group === name) last.push(row);
      else found.push([row]);
    }
    return found;
  };

  const sort = (table) => {
    const [name, direction] = (state.get(key(table, "sort")) ?? "").split(":");
    const headings = [...table.tHead.rows[0].cells];
    const index = headings.findIndex((heading) => heading.dataset.key === name);
    headings.forEach((heading, number) => {
      const sorted = direction === "asc" ? "ascending" : "descending";
      heading.setAttribute("aria-sort", number === index ? sorted : "none");
    });
    if (index < 0) return;
    const kind = headings[index].dataset.kind;
    const sign = direction === "asc" ? 1 : -1;
    const body = table.tBodies[0];
    const keyed = groups(body).map((rows) => [value(rows[0].cells[index], kind), rows]);
    keyed.sort((a, b) => compare(a[0], b[0], sign));
    body.append(...keyed.flatMap(([, rows]) => rows));
  };

  const filter = () => {
    const table = element(main);
    if (!table) return;
    const text = (state.get("filter") ?? "").toLowerCase();
    const family = state.get("family") ?? "";
    let shown = 0;
    for (const row of table.tBodies[0].rows) {
      const id = row.cells[0].textContent;
      row.hidden = !id.includes(text) || (family !== "" && row.dataset.family !== family);
      shown += row.hidden ? 0 : 1;
    }
    element("shown").textContent = `${shown} of ${table.tBodies[0].rows.length}`;
  };

  const show = () => {
    document.querySelectorAll("table.sortable").forEach(sort);
    filter();
    const families = state.get("families") === "shown";
    element("source-table")?.classList.toggle("families", families);
    element("families")?.setAttribute("aria-pressed", String(families));
    const curve = state.get("curve") ?? "all";
    for (const figure of document.querySelectorAll("figure.curve")) {
      figure.hidden = figure.dataset.family !== curve;
    }
    for (const [id, empty] of [["filter", ""], ["family", ""], ["curve", "all"]]) {
      const control = element(id);
      if (control && control !== document.activeElement) control.value = state.get(id) ?? empty;
    }
  };

  const set = (name, text) => {
    if (text) state.set(name, text);
    else state.delete(name);
    const parts = [...state].map(([name, text]) => `${name}=${encodeURIComponent(text)}`);
    const hash = `#${parts.join("&").replaceAll("%3A", ":")}`;
    history.replaceState(null, "", parts.length ? hash : location.pathname + location.search);
    show();
  };

  for (const table of document.querySelectorAll("table.sortable")) {
    for (const heading of table.tHead.rows[0].cells) {
      heading.querySelector("button").addEventListener("click", () => {
        const sorted = heading.getAttribute("aria-sort");
        // Numbers are first asked for their largest, words from the beginning.
        const first = heading.dataset.kind === "number" ? "desc" : "asc";
        const next = sorted === "none" ? first : sorted === "ascending" ? "desc" : "asc";
        set(key(table, "sort"), `${heading.dataset.key}:${next}`);
      });
    }
  }
  element("filter")?.addEventListener("input", (event) => set("filter", event.target.value));
  element("family")?.addEventListener("change", (event) => set("family", event.target.value));
  element("curve")?.addEventListener("change", (event) => {
    set("curve", event.target.value === "all" ? "" : event.target.value);
  });
  element("families")?.addEventListener("click", () => {
    set("families", state.get("families") === "shown" ? "" : "shown");
  });
  addEventListener("hashchange", () => {
    for (const name of [...state.keys()]) state.delete(name);
    new URLSearchParams(location.hash.slice(1)).forEach((text, name) => state.set(name, text));
    show();
  });
  show();
})();
