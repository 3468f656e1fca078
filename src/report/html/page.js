// What the reader has chosen stands in the address after #: scenario, q (search of places), plan (search of the plan), school.
const data = JSON.parse(document.getElementById("data").textContent);
const W = data.words;
const element = (id) => document.getElementById(id);

// A row as an object, its columns named once for all rows.
function as(columns, row) {
  return Object.fromEntries(columns.map((name, at) => [name, row[at]]));
}

for (const scenario of data.scenarios) {
  scenario.lines = (scenario.rows || []).map((row) => as(data.columns.rows, row));
}

let chosen = 0;

function address(changes) {
  const now = new URLSearchParams(location.hash.slice(1));
  const kept = { scenario: chosen ? data.scenarios[chosen].name : "", q: now.get("q"), plan: now.get("plan"), ...changes };
  const used = Object.entries(kept).filter(([, value]) => value);
  return "#" + new URLSearchParams(used).toString();
}

function remember(changes) {
  history.replaceState(null, "", address(changes));
}

function rowColumns() {
  const place = (row) => data.places[row.place];
  const measure = (row) => data.measures[row.measure];
  const fund = (row) => (row.fund === null ? "" : data.funds[row.fund].name);
  const words = (name, text, link) => ({ name, text, value: text, link });
  const figure = (name, key, text) => ({ name, number: true, text: (row) => text(row[key]), value: (row) => row[key] });
  return [
    words(W[data.places_are], (row) => place(row).name, (row) => address({ school: place(row).id })),
    words(W.problem, (row) => data.texts[row.problem]),
    words(W.measure, (row) => measure(row).name),
    figure(W.quantity, "units", number),
    words(W.unit, (row) => measure(row).unit),
    figure(W.year, "year", String),
    words(W.fund, fund),
    figure(`${W.amount} (${data.money_unit})`, "amount", money),
    words(W.body, (row) => measure(row).body),
    words(W.deadline, (row) => data.texts[row.deadline]),
  ];
}

function placeColumns() {
  const words = (name, key) => ({ name, text: (row) => row.place[key], value: (row) => row.place[key] });
  const figure = (name, value, text) => ({ name, number: true, value, text: (row) => text(value(row)) });
  const of = (key) => (row) => (row.figures ? row.figures[key] : null);
  const less = (row) => (row.figures && row.figures.before > 0 ? 1 - row.figures.after / row.figures.before : null);
  const all = [
    { ...words(W.name, "name"), link: (row) => address({ school: row.place.id }) },
    words(W.code, "id"),
    words(W.stage, "stage"),
    words(W.area, "area"),
    words(W.county, "county"),
    words(W.township, "township"),
    figure(W.count, (row) => row.place.schools, number),
    figure(W.pupils, of("pupils"), number),
    figure(W.gap_before, of("before"), number),
    figure(W.gap_after, of("after"), number),
    figure(W.less, less, percent),
    figure(`${W.amount} (${data.money_unit})`, of("money"), money),
  ];
  // A column that says the same of all is left out.
  const keys = { [W.stage]: "stage", [W.area]: "area", [W.county]: "county", [W.township]: "township", [W.count]: "schools" };
  const varies = (key) => data.places.some((place) => place[key] !== data.places[0][key]);
  const schools = data.places_are === "school";
  return all.filter(({ name }) => (name === W.code ? schools : !keys[name] || varies(keys[name])));
}

const places = new SearchTable(element("place-table"), placeColumns(), 200, W.search_place, (q) => remember({ q }));
const plan = new SearchTable(element("plan-table"), rowColumns(), 50, W.search_row, (text) => remember({ plan: text }));

function choose(at) {
  chosen = at;
  const scenario = data.scenarios[at];
  element("scenario").value = String(at);
  element("scenario-title").textContent = labelled(W.scenario, `${scenario.title} · ${scenario.said}`);
  for (const part of document.querySelectorAll("[data-scenario]")) part.hidden = part.dataset.scenario !== String(at);
  places.fill(data.places.map((place, at) => ({ place, at, figures: scenario.figures && as(data.columns.figures, scenario.figures[at]) })));
  plan.fill(scenario.lines);
}

// Shows what the address asks for; an address that names a part of the page leaves all as it is.
function follow(first) {
  const asked = new URLSearchParams(location.hash.slice(1));
  const part = !location.hash.includes("=") && location.hash.length > 1;
  if (part && !first) {
    one(false);
    const aim = element(location.hash.slice(1));
    if (aim) aim.scrollIntoView();
    return;
  }
  const name = asked.get("scenario");
  const at = name ? data.scenarios.findIndex((scenario) => scenario.name === name) : 0;
  places.input.value = asked.get("q") || "";
  plan.input.value = asked.get("plan") || "";
  if (first || (at >= 0 && at !== chosen)) choose(Math.max(at, 0));
  else [places, plan].forEach((table) => table.draw());
  const id = asked.get("school");
  if (id === null) return one(false);
  const school = data.places.findIndex((place) => place.id === id);
  if (school >= 0) drawPlace(element("one"), data.scenarios[chosen], school, address({}) || "#places");
  else element("one").replaceChildren(make("p", {}, labelled(W.unknown, id)), make("a", { href: "#places" }, W.back));
  one(true);
}

function one(shown) {
  element("one").hidden = !shown;
  element("all").hidden = shown;
  if (!shown) return;
  scrollTo(0, 0);
  const heading = element("one").querySelector("h2");
  if (heading) heading.focus({ preventScroll: true });
}

element("scenario").addEventListener("change", (event) => {
  choose(Number(event.target.value));
  const asked = new URLSearchParams(location.hash.slice(1));
  remember({ school: asked.get("school") });
  follow(false);
});
addEventListener("hashchange", () => follow(false));
// On paper there is no button to press: all places are printed, and so much of the plan as anybody reads on paper.
addEventListener("beforeprint", () => {
  places.show(Infinity);
  plan.show(Math.max(plan.most, 1000));
});
addEventListener("afterprint", () => [places, plan].forEach((table) => table.show(table.atFirst)));
follow(true);
