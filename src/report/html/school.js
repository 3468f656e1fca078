// The page of one school (or township, or county): what it has and should have, what it gets, and why.
function drawPlace(host, scenario, at, back) {
  const place = data.places[at];
  const figures = scenario.figures && as(data.columns.figures, scenario.figures[at]);
  host.replaceChildren(make("p", { class: "controls" }, make("a", { href: back }, W.back)));
  host.append(make("h2", { tabindex: "-1" }, data.places_are === "school" ? `${place.name} (${place.id})` : place.name));
  const facts = [
    [W.scenario, scenario.title],
    [W.stage, place.stage],
    [W.area, place.area],
    [W.county, place.county],
    [W.township, place.township],
    [W.count, data.places_are === "school" ? "" : number(place.schools)],
  ];
  if (figures) {
    facts.push([W.pupils, number(figures.pupils)]);
    const less = percent((figures.before - figures.after) / figures.before);
    facts.push([W.gap_before, `${number(figures.before)} ${data.gap_unit}`]);
    facts.push([W.gap_after, `${number(figures.after)} ${data.gap_unit}${less.startsWith("-") || less === MISSING ? "" : ` (−${less})`}`]);
    facts.push([W.amount, `${money(figures.money)} ${data.money_unit}`]);
  }
  const list = make("dl");
  for (const [name, value] of facts) if (value) list.append(make("dt", {}, name), make("dd", {}, value));
  host.append(list);
  if (!figures) {
    host.append(make("p", {}, W.no_plan));
    return;
  }
  const states = scenario.states ? scenario.states[at].map((row) => as(data.columns.states, row)) : [];
  if (states.length) drawNeeds(host, states);
  host.append(make("h3", {}, W.rows));
  const rows = scenario.lines.filter((row) => row.place === at);
  host.append(rows.length ? plainTable(rowColumns().slice(1), rows) : make("p", {}, W.nothing));
  if (states.length) drawReasons(host, states);
}

function drawNeeds(host, states) {
  const year = data.years[data.years.length - 1];
  const resource = (state) => data.resources[state.resource];
  const figure = (name, key) => ({ name, number: true, text: (state) => number(state[key]) });
  const columns = [
    { name: W.resource, text: (state) => resource(state).name },
    { name: W.unit, text: (state) => resource(state).unit },
    figure(W.stock, "stock"),
    figure(`${year} ${W.required}`, "required"),
    figure(`${year} ${W.with_plan}`, "with_plan"),
    figure(`${year} ${W.short_before}`, "short_before"),
    figure(`${year} ${W.short_after}`, "short_after"),
    { name: W.state, text: (state) => data.texts[state.state] },
  ];
  host.append(make("h3", {}, W.needs), plainTable(columns, states));
}

function drawReasons(host, states) {
  host.append(make("h3", {}, W.reasons));
  for (const state of states) {
    const said = [
      [W.problem, state.need],
      [W.reason, state.reason],
      [W.change, state.change],
    ].filter(([, text]) => text !== 0);
    if (!said.length) continue;
    const points = said.map(([name, text]) => make("li", {}, labelled(name, data.texts[text])));
    host.append(make("h4", {}, data.resources[state.resource].name), make("ul", {}, ...points));
  }
}
