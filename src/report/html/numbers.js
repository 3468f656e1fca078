// Numbers as the program shows them: the whole part in full with thousands marks, at least four significant digits.
const MISSING = "—";

function withDecimals(value, decimals) {
  const scale = 10 ** decimals;
  const scaled = Math.abs(value) * scale;
  // Halves go to the even neighbour, as they do in the program's other files.
  const half = scaled % 1 === 0.5 && scaled / scale === Math.abs(value) && Math.floor(scaled) % 2 === 0;
  const text = half ? (Math.floor(scaled) / scale).toFixed(decimals) : Math.abs(value).toFixed(decimals);
  let [whole, fraction = ""] = text.split(".");
  fraction = fraction.replace(/0+$/, "");
  whole = whole.replace(/\B(?=(\d{3})+$)/g, ",");
  const sign = value < 0 && !(whole === "0" && fraction === "") ? "-" : "";
  return sign + whole + (fraction ? "." + fraction : "");
}

function number(value) {
  if (value === null || value === undefined || !Number.isFinite(value)) return MISSING;
  const magnitude = value === 0 ? 0 : Math.floor(Math.log10(Math.abs(value)));
  return withDecimals(value, Math.min(Math.max(3 - magnitude, 0), 8));
}

// Money in main units, shown in the unit of the case.
function money(value) {
  if (value === null || value === undefined) return MISSING;
  const shown = value / data.money_factor;
  return Math.abs(shown) >= 1 ? withDecimals(shown, 2) : number(shown);
}

function percent(share) {
  if (share === null || !Number.isFinite(share)) return MISSING;
  const value = share * 100;
  return (Math.abs(value) >= 0.1 || value === 0 ? withDecimals(value, 1) : number(value)) + "%";
}

// A name and what it names.
function labelled(name, text) {
  return name + (data.lang === "zh" ? "：" : ": ") + text;
}
