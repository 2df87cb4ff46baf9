// The 3-D view: holes, composites, blocks, domains and pit of the run, from the data beside it. Without WebGL 2 the picture stays.
for (const box of document.querySelectorAll(".scene")) {
  const canvas = box.querySelector("canvas"), data = JSON.parse(box.querySelector("script").textContent);
  const draw = glDraw(canvas);
  if (!draw) continue;
  const control = (name) => box.querySelector(`[data-control="${name}"]`);
  const decode = (text, Kind) => new Kind(Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0)).buffer);
  const MISSING = 65535, RAD = Math.PI / 180;
  const [nx, ny] = data.grid.count, size = data.grid.size;
  const cells = decode(data.blocks.cells, Uint32Array), classes = decode(data.blocks.classes, Uint8Array);
  const domains = decode(data.blocks.domains, Uint8Array), pit = data.pit ? decode(data.pit, Uint8Array) : null;
  const values = data.variables.map((one) => decode(one.blocks, Uint16Array));
  const places = new Float32Array(3 * cells.length);
  cells.forEach((cell, n) => {
    const index = [cell % nx, Math.floor(cell / nx) % ny, Math.floor(cell / (nx * ny))];
    for (let axis = 0; axis < 3; axis++) places[3 * n + axis] = data.grid.origin[axis] + (index[axis] + 0.5) * size[axis];
  });
  const paths = decode(data.holes.points, Float32Array), ends = data.composites ? decode(data.composites.ends, Float32Array) : new Float32Array();
  const grades = data.composites ? data.composites.values.map((text) => decode(text, Uint16Array)) : [];
  const shapes = { blocks: draw.boxes(), holes: draw.lines(), composites: draw.lines(), frame: draw.lines(), pit: draw.surface() };
  const solids = data.domains.map(() => draw.surface());
  const start = { azimuth: 25, dip: -25, scale: 1, target: [0, 0, 0] };
  const view = structuredClone(start);
  let shown = [];

  const hex = (text) => [1, 3, 5].map((place) => parseInt(text.slice(place, place + 2), 16) / 255);
  const ramp = data.ramp.map(hex);
  const graded = (share) => {
    const place = Math.min(Math.max(share, 0), 1) * (ramp.length - 1), low = Math.min(Math.floor(place), ramp.length - 2);
    return ramp[low].map((part, n) => part + (place - low) * (ramp[low + 1][n] - part));
  };
  const grade = (one, code) => one.low + (code / 65534) * (one.high - one.low);
  const coloured = () => { const name = control("colour").value; return name === "class" || name === "domain" ? name : Number(name); };
  const variable = () => (typeof coloured() === "number" ? coloured() : 0);
  const ofGrade = (one, code) => (code === MISSING ? [0.7, 0.7, 0.7] : graded((grade(one, code) - one.limits[0]) / (one.limits[1] - one.limits[0])));
  const ofBlock = (n) => {
    const by = coloured();
    if (by === "class") return hex(data.classes[classes[n]].colour);
    if (by === "domain") return hex(data.domains[domains[n]].colour);
    return ofGrade(data.variables[by], values[by][n]);
  };

  function surfaceOf(inside, open) {  // faces between what is inside and what is not; `open` leaves out the faces that look up and the model's own edge
    const [cx, cy, cz] = data.grid.count, corners = [], normals = [];
    const filled = (i, j, k) => i >= 0 && j >= 0 && k >= 0 && i < cx && j < cy && k < cz && inside(i + cx * (j + cy * k));
    for (let k = 0; k < cz; k++) for (let j = 0; j < cy; j++) for (let i = 0; i < cx; i++) {
      if (!filled(i, j, k)) continue;
      for (let axis = 0; axis < 3; axis++) for (const side of [-1, 1]) {
        const next = [i, j, k];
        next[axis] += side;
        if (filled(...next)) continue;
        if (open && ((axis === 2 && side === 1) || next[axis] < 0 || next[axis] >= data.grid.count[axis])) continue;
        const [a, b] = [(axis + 1) % 3, (axis + 2) % 3];
        for (const [p, q] of [[0, 0], [1, 0], [1, 1], [0, 0], [1, 1], [0, 1]]) {
          const corner = [i, j, k];
          corner[axis] += (side + 1) / 2; corner[a] += p; corner[b] += q;
          for (let n = 0; n < 3; n++) { corners.push(data.grid.origin[n] + corner[n] * size[n]); normals.push(n === axis ? side : 0); }
        }
      }
    }
    return { place: [new Float32Array(corners), 3], normal: [new Float32Array(normals), 3] };
  }

  function section() {
    if (!control("section").checked) return null;
    const middle = Number(control("place").value);
    return [middle - data.section.half, middle + data.section.half];
  }

  function refill() {
    const by = variable(), one = data.variables[by], least = cutoff(), cut = section();
    const inCut = (y) => !cut || (y >= cut[0] && y <= cut[1]);
    shown = [];
    for (let n = 0; n < cells.length; n++) {
      const code = values[by][n];
      const enough = least === null || (code !== MISSING && grade(one, code) >= least);
      const unclassified = classes[n] === 0 && control("classified").checked;
      if (enough && !unclassified && inCut(places[3 * n + 1])) shown.push(n);
    }
    const centre = new Float32Array(3 * shown.length), colour = new Float32Array(3 * shown.length);
    shown.forEach((n, row) => { centre.set(places.subarray(3 * n, 3 * n + 3), 3 * row); colour.set(ofBlock(n), 3 * row); });
    shapes.blocks.fill({ centre: [centre, 3], colour: [colour, 3] });
    const lines = (count, points, keep, tint) => {
      const kept = [];
      for (let n = 0; n < count; n++) if (keep(n)) kept.push(n);
      const out = { start: [], end: [], colour: [] };
      for (const n of kept) { const [a, b] = points(n); out.start.push(...a); out.end.push(...b); out.colour.push(...tint(n)); }
      return Object.fromEntries(Object.entries(out).map(([name, list]) => [name, [new Float32Array(list), 3]]));
    };
    const legs = [];
    data.holes.starts.forEach((first, hole) => {
      const last = hole + 1 < data.holes.starts.length ? data.holes.starts[hole + 1] : paths.length / 3;
      for (let n = first; n + 1 < last; n++) legs.push(n);
    });
    const point = (list, n) => list.subarray(3 * n, 3 * n + 3);
    const middle = (a, b) => (a[1] + b[1]) / 2;
    shapes.holes.fill(lines(legs.length, (n) => [point(paths, legs[n]), point(paths, legs[n] + 1)],
      (n) => inCut(middle(point(paths, legs[n]), point(paths, legs[n] + 1))), () => [0.12, 0.16, 0.2]));
    const tint = typeof coloured() === "number" ? coloured() : 0;
    shapes.composites.fill(lines(grades.length ? ends.length / 6 : 0, (n) => [point(ends, 2 * n), point(ends, 2 * n + 1)],
      (n) => inCut(middle(point(ends, 2 * n), point(ends, 2 * n + 1))), (n) => ofGrade(data.variables[tint], grades[tint][n])));
    legend();
    control("count").textContent = `${shown.length.toLocaleString("en")} of ${cells.length.toLocaleString("en")} blocks`;
    control("cutoff-text").textContent = least === null ? "all" : `≥ ${Number(least.toPrecision(4))} ${one.unit}`;
    control("place-text").textContent = control("section").checked ? `y ${Math.round(Number(control("place").value) + data.centre[1])} ± ${data.section.half} m` : "off";
  }

  function legend() {
    const by = coloured(), list = control("legend");
    list.replaceChildren();
    const add = (colour, words) => {
      const row = document.createElement("li"), swatch = document.createElement("span");
      swatch.className = "swatch"; swatch.style.background = colour;
      row.append(swatch, words);
      list.append(row);
    };
    if (typeof by !== "number") { for (const one of by === "class" ? data.classes : data.domains) if (one.used) add(one.colour, one.label); return; }
    const { limits, label, unit } = data.variables[by], steps = 5;
    for (let n = steps - 1; n >= 0; n--) {
      const value = limits[0] + (n / (steps - 1)) * (limits[1] - limits[0]), end = n === 0 ? "≤ " : n === steps - 1 ? "≥ " : "";
      add(`rgb(${graded(n / (steps - 1)).map((part) => Math.round(255 * part)).join(",")})`, `${end}${Number(value.toPrecision(3))} ${unit}`);
    }
    list.setAttribute("aria-label", `Colours of ${label}`);
  }

  function axes() {
    const [a, d] = [view.azimuth * RAD, view.dip * RAD];
    const forward = [Math.sin(a) * Math.cos(d), Math.cos(a) * Math.cos(d), Math.sin(d)], right = [Math.cos(a), -Math.sin(a), 0];
    const up = [right[1] * forward[2] - right[2] * forward[1], right[2] * forward[0] - right[0] * forward[2], right[0] * forward[1] - right[1] * forward[0]];
    return { forward, right, up };
  }

  function show() {
    const ratio = window.devicePixelRatio || 1, width = Math.round(canvas.clientWidth * ratio), height = Math.round(canvas.clientHeight * ratio);
    if (!width || !height) return;
    if (canvas.width !== width || canvas.height !== height) { canvas.width = width; canvas.height = height; }
    const { forward, right, up } = axes(), perMetre = (Math.min(width, height) / data.radius / 2.1) * view.scale;
    const common = { forward, right, up, target: view.target, pixels: [width, height], scale: perMetre, reach: 4 * data.radius };
    const list = [{ shape: shapes.frame, width: ratio }];
    if (control("holes").checked) list.push({ shape: shapes.holes, width: 1.6 * ratio });
    if (control("composites").checked) list.push({ shape: shapes.composites, width: 5 * ratio });
    if (control("blocks").checked) list.push({ shape: shapes.blocks, size: size.map((length) => 0.96 * length) });
    if (control("solids").checked) solids.forEach((shape, n) => list.push({ shape, tint: hex(data.domains[n].colour), opacity: 0.28 }));
    if (pit && control("pit").checked) list.push({ shape: shapes.pit, tint: [0.55, 0.4, 0.25], opacity: control("blocks").checked ? 0.45 : 0.8 });
    draw.draw(common, list);
    compass(right, up, forward);
    bar(perMetre / ratio);
  }

  function compass(right, up, forward) {
    const north = data.north, x = north[0] * right[0] + north[1] * right[1], y = north[0] * up[0] + north[1] * up[1];
    const length = Math.hypot(x, y), arrow = control("north");
    arrow.style.visibility = length < 0.08 ? "hidden" : "visible";
    arrow.style.transform = `rotate(${Math.atan2(x, y) / RAD}deg)`;
    const toward = ((view.azimuth + data.azimuth) % 360 + 360) % 360;
    const bearing = `N${String(Math.round(toward) % 360).padStart(3, "0")}°`;
    control("looking").textContent = Math.abs(forward[2]) > 0.999 ? "looking down" : `looking ${bearing}, dip ${String(Math.round(view.dip)).replace("-", "−")}°`;
  }

  function bar(perMetre) {
    const wanted = 110 / perMetre, power = 10 ** Math.floor(Math.log10(wanted)), step = [5, 2, 1].find((one) => one * power <= wanted) * power;
    control("bar").style.width = `${step * perMetre}px`;
    control("bar-text").textContent = `${step.toLocaleString("en")} m, vertical exaggeration 1:1`;
  }

  function find(event) {
    const frame = canvas.getBoundingClientRect(), { forward, right, up } = axes();
    const perMetre = (Math.min(frame.width, frame.height) / data.radius / 2.1) * view.scale;
    const x = (event.clientX - frame.left - frame.width / 2) / perMetre, y = (frame.top + frame.height / 2 - event.clientY) / perMetre;
    const seen = (place, offset) => {
      const q = [0, 1, 2].map((n) => place[offset + n] - view.target[n]);
      return [right, up, forward].map((axis) => axis[0] * q[0] + axis[1] * q[1] + axis[2] * q[2]);
    };
    const from = [0, 1, 2].map((n) => view.target[n] + x * right[n] + y * up[n]);
    const depth = (n) => {  // where the line of sight enters block n, or null
      let enters = -Infinity, leaves = Infinity;
      for (let axis = 0; axis < 3; axis++) {
        const offset = places[3 * n + axis] - from[axis], half = size[axis] / 2, slope = forward[axis];
        if (Math.abs(slope) < 1e-9) { if (Math.abs(offset) > half) return null; continue; }
        const [a, b] = [(offset - half) / slope, (offset + half) / slope];
        enters = Math.max(enters, Math.min(a, b)); leaves = Math.min(leaves, Math.max(a, b));
      }
      return enters <= leaves ? enters : null;
    };
    let best = null, said = "";
    if (control("blocks").checked) for (const n of shown) {
      const found = depth(n);
      if (found !== null && (best === null || found < best[1])) best = [n, found];
    }
    if (best) {
      const n = best[0], place = [0, 1, 2].map((axis) => Math.round(places[3 * n + axis] + data.centre[axis]));
      const told = data.variables.map((one, v) => `${one.label} ${values[v][n] === MISSING ? "–" : Number(grade(one, values[v][n]).toPrecision(4))} ${one.unit}`);
      said = `Block at x ${place[0]}, y ${place[1]}, z ${place[2]} m: ${told.join(", ")}; ${data.classes[classes[n]].label}, ${data.domains[domains[n]].label}.`;
    }
    let nearest = [8 / perMetre, ""];
    if (control("holes").checked) data.holes.names.forEach((name, hole) => {
      const last = hole + 1 < data.holes.starts.length ? data.holes.starts[hole + 1] : paths.length / 3;
      for (let n = data.holes.starts[hole]; n < last; n++) {
        const [h, v] = seen(paths, 3 * n), distance = Math.hypot(h - x, v - y);
        if (distance < nearest[0]) nearest = [distance, name];
      }
    });
    control("said").textContent = [nearest[1] && `Hole ${nearest[1]}.`, said].filter(Boolean).join(" ") || "Nothing there.";
  }

  const presets = { oblique: [start.azimuth, start.dip], plan: [-data.azimuth, -90], section: [0, 0], long: [-90, 0] };
  function look(name) { [view.azimuth, view.dip] = presets[name]; view.scale = 1; view.target = [0, 0, 0]; show(); }
  function turn(x, y) { view.azimuth += x; view.dip = Math.min(90, Math.max(-90, view.dip + y)); show(); }
  function move(x, y) {
    const { right, up } = axes(), perMetre = (Math.min(canvas.clientWidth, canvas.clientHeight) / data.radius / 2.1) * view.scale;
    view.target = view.target.map((one, n) => one - (x * right[n] - y * up[n]) / perMetre);
    show();
  }
  function zoom(factor) { view.scale = Math.min(60, Math.max(0.3, view.scale * factor)); show(); }

  for (const button of box.querySelectorAll("[data-look]")) button.addEventListener("click", () => look(button.dataset.look));
  for (const input of box.querySelectorAll("input, select")) input.addEventListener("input", () => {
    if (input.dataset.control === "colour") control("cutoff").value = 0;
    refill(); show();
  });
  const KEYS = { ArrowLeft: [-5, 0], ArrowRight: [5, 0], ArrowUp: [0, -5], ArrowDown: [0, 5] };
  canvas.addEventListener("keydown", (event) => {
    const key = KEYS[event.key];
    if (key && event.shiftKey) move(-6 * key[0], -6 * key[1]);
    else if (key) turn(...key);
    else if (event.key === "+" || event.key === "=") zoom(1.2);
    else if (event.key === "-") zoom(1 / 1.2);
    else if (["1", "2", "3", "4"].includes(event.key)) look(Object.keys(presets)[Number(event.key) - 1]);
    else return;
    event.preventDefault();
  });
  const held = new Map();
  canvas.addEventListener("pointerdown", (event) => { held.set(event.pointerId, [event.clientX, event.clientY, 0]); canvas.setPointerCapture(event.pointerId); });
  canvas.addEventListener("pointermove", (event) => {
    const last = held.get(event.pointerId);
    if (!last) return;
    const x = event.clientX - last[0], y = event.clientY - last[1];
    held.set(event.pointerId, [event.clientX, event.clientY, last[2] + Math.abs(x) + Math.abs(y)]);
    if (held.size > 1) {
      const [a, b] = [...held.values()], was = Math.hypot(a[0] - b[0] + (held.get(event.pointerId) === a ? -x : x), a[1] - b[1] + (held.get(event.pointerId) === a ? -y : y));
      if (was > 0) zoom(Math.hypot(a[0] - b[0], a[1] - b[1]) / was);
    } else if (event.shiftKey || event.buttons & 6) move(x, y);
    else turn(x / 3, -y / 3);
  });
  for (const name of ["pointerup", "pointercancel"]) canvas.addEventListener(name, (event) => {
    const last = held.get(event.pointerId);
    held.delete(event.pointerId);
    if (name === "pointerup" && last && last[2] < 4) find(event);
  });
  canvas.addEventListener("contextmenu", (event) => event.preventDefault());
  canvas.addEventListener("wheel", (event) => { if (document.activeElement === canvas) { zoom(Math.exp(-event.deltaY / 600)); event.preventDefault(); } }, { passive: false });
  window.addEventListener("resize", show);

  function cutoff() {  // of the blocks that are shown; null shows all, also those without a grade
    const share = Number(control("cutoff").value) / 100, one = data.variables[variable()];
    return share === 0 ? null : one.limits[0] + share * (one.high - one.limits[0]);
  }
  const corners = [0, 1, 2, 3, 4, 5, 6, 7].map((n) => [0, 1, 2].map((axis) => data.grid.origin[axis] + ((n >> axis) & 1) * data.grid.count[axis] * size[axis]));
  const edges = [[0, 1], [2, 3], [4, 5], [6, 7], [0, 2], [1, 3], [4, 6], [5, 7], [0, 4], [1, 5], [2, 6], [3, 7]];
  shapes.frame.fill({ start: [new Float32Array(edges.flatMap(([a]) => corners[a])), 3], end: [new Float32Array(edges.flatMap(([, b]) => corners[b])), 3],
    colour: [new Float32Array(edges.flatMap(() => [0.6, 0.65, 0.7])), 3] });
  solids.forEach((one, domain) => { const of = new Map(cells.reduce((list, cell, n) => { if (domains[n] === domain) list.push([cell, true]); return list; }, [])); one.fill(surfaceOf((cell) => of.has(cell), false)); });
  if (pit) shapes.pit.fill(surfaceOf((cell) => (pit[cell >> 3] >> (cell & 7)) & 1, true));
  const slider = control("place");
  slider.min = data.grid.origin[1]; slider.max = data.grid.origin[1] + data.grid.count[1] * size[1]; slider.step = size[1] / 2; slider.value = data.section.place;
  box.classList.add("live");
  refill();
  show();
  box.dataset.ready = "true";
}
