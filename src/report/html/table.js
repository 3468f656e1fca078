// A table that is searched by typing and sorted by its headers. `atFirst` rows are drawn, more when they are asked for.
function make(tag, attributes, ...inner) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) {
    if (name === "onclick" || name === "oninput") element[name] = value;
    else if (value !== null && value !== undefined) element.setAttribute(name, value);
  }
  element.append(...inner);
  return element;
}

// columns: { name, value(row), text(row), number, link(row) }; `text` is what is shown and searched, `value` what is sorted.
class SearchTable {
  constructor(host, columns, atFirst, hint, onSearch) {
    this.columns = columns;
    this.rows = [];
    this.sorted = null;
    this.atFirst = atFirst;
    this.most = atFirst;
    this.input = make("input", { type: "search", placeholder: hint, "aria-label": W.search, oninput: () => {
      this.most = this.atFirst;
      this.draw();
      onSearch(this.input.value);
    } });
    this.hits = make("output", { "aria-live": "polite" });
    this.head = make("tr");
    this.body = make("tbody");
    this.more = make("button", { type: "button", onclick: () => this.show(this.most + 500) }, W.more);
    this.every = make("button", { type: "button", onclick: () => this.show(Infinity) }, W.all);
    this.rest = make("p", { class: "rest" });
    columns.forEach((column, at) => {
      const button = make("button", { type: "button", onclick: () => this.sort(at) }, column.name);
      // Browsers leave buttons out where a head is repeated on the next sheet of paper.
      const paper = make("span", { class: "paper", "aria-hidden": "true" }, column.name);
      this.head.append(make("th", { scope: "col", class: column.number ? "n" : null }, button, paper));
    });
    host.replaceChildren(
      make("p", { class: "search" }, make("label", {}, W.search + " ", this.input), " ", this.hits),
      make("div", { class: "wide", tabindex: "0" }, make("table", {}, make("thead", {}, this.head), this.body)),
      this.rest
    );
  }

  fill(rows) {
    this.rows = rows.map((row, at) => ({ row, at, cells: this.columns.map((column) => column.text(row)) }));
    for (const one of this.rows) one.words = one.cells.join("\n").toLowerCase();
    this.order();
  }

  sort(at) {
    const up = this.sorted && this.sorted.at === at ? !this.sorted.up : !this.columns[at].number;
    this.sorted = { at, up };
    this.order();
  }

  // Missing figures come last whichever way; equal rows stay in the order of the files.
  order() {
    const by = this.sorted;
    [...this.head.children].forEach((cell, at) => {
      if (by && by.at === at) cell.setAttribute("aria-sort", by.up ? "ascending" : "descending");
      else cell.removeAttribute("aria-sort");
    });
    if (by) {
      const { value } = this.columns[by.at];
      const words = new Intl.Collator(data.lang, { numeric: true });
      const sign = by.up ? 1 : -1;
      const missing = (one) => one === null || one === undefined || one === "";
      const compare = (a, b) => (typeof a === "number" ? a - b : words.compare(a, b));
      this.rows.sort((one, other) => {
        const [a, b] = [value(one.row), value(other.row)];
        if (missing(a) || missing(b)) return missing(a) - missing(b) || one.at - other.at;
        return sign * compare(a, b) || one.at - other.at;
      });
    } else this.rows.sort((one, other) => one.at - other.at);
    this.draw();
  }

  show(most) {
    this.most = most;
    this.draw();
  }

  draw() {
    const asked = this.input.value.toLowerCase().split(/\s+/).filter((word) => word);
    const found = this.rows.filter((one) => asked.every((word) => one.words.includes(word)));
    const shown = found.slice(0, this.most);
    this.hits.textContent = number(found.length) + " " + W.hits;
    this.body.replaceChildren(...shown.map((one) => this.line(one)));
    const rest = shown.length < found.length;
    this.rest.replaceChildren(...(rest ? [`${W.shown} ${number(shown.length)} / ${number(found.length)} `, this.more, " ", this.every] : []));
    if (found.length === 0) this.rest.textContent = W.none;
  }

  line(one) {
    const cells = one.cells.map((text, at) => {
      const column = this.columns[at];
      const inner = column.link ? make("a", { href: column.link(one.row) }, text) : text;
      return make("td", { class: column.number ? "n" : null }, inner);
    });
    return make("tr", {}, ...cells);
  }
}

// A small table without search.
function plainTable(columns, rows) {
  const head = columns.map((column) => make("th", { scope: "col", class: column.number ? "n" : null }, column.name));
  const lines = rows.map((row) =>
    make("tr", {}, ...columns.map((column) => make("td", { class: column.number ? "n" : null }, column.text(row)))));
  const table = make("table", {}, make("thead", {}, make("tr", {}, ...head)), make("tbody", {}, ...lines));
  return make("div", { class: "wide" }, table);
}
