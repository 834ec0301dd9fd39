"use strict";
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const numbers = new Intl.NumberFormat("en-US", { maximumFractionDigits: 2 });
  const STEP = 50;
  const options = data.options.length;

  const make = (name, properties = {}, ...children) => {
    const made = Object.assign(document.createElement(name), properties);
    made.append(...children);
    return made;
  };
  const median = cell => (Array.isArray(cell) ? cell[0] : cell);

  /* Unknown figures come last, whichever way is sorted. */
  const order = (column, down) => (a, b) => {
    const x = median(a[column]);
    const y = median(b[column]);
    if (x === null || y === null) return (x === null) - (y === null);
    const sign = typeof x === "number" ? x - y : x.localeCompare(y);
    return down ? -sign : sign;
  };

  function table(place) {
    const rows = data.tables[Number(place.dataset.table)];
    const state = { group: 0, column: -1, down: false, shown: STEP, filters: data.options.map(() => "") };
    const tools = make("div", { className: "tools" });
    const tabs = make("div", { className: "tabs tools" });
    const head = make("thead");
    const body = make("tbody");
    const more = make("div", { className: "more" });
    const scroll = make("div", { className: "scroll", tabIndex: 0 }, make("table", {}, head, body));
    scroll.setAttribute("role", "region");
    scroll.setAttribute("aria-label", "Rows of " + place.dataset.name);

    data.options.forEach((option, i) => {
      const select = make("select", {}, make("option", { value: "", textContent: "all" }));
      option.values.forEach(value => select.append(make("option", { value, textContent: value })));
      select.addEventListener("change", () => {
        state.filters[i] = select.value;
        state.shown = STEP;
        fill();
      });
      tools.append(make("label", {}, option.name, select));
    });
    data.groups.forEach((group, i) => {
      const button = make("button", { type: "button", textContent: group.heading });
      button.addEventListener("click", () => {
        state.group = i;
        if (state.column > options) state.column = -1;
        heading();
        fill();
      });
      tabs.append(button);
    });

    const first = () => options + 1 + data.groups.slice(0, state.group).reduce((sum, g) => sum + g.figures.length, 0);

    function heading() {
      [...tabs.children].forEach((button, i) => button.setAttribute("aria-pressed", String(i === state.group)));
      const line = make("tr");
      const add = (text, title, column, number) => {
        const button = make("button", { type: "button", textContent: text });
        const cell = make("th", { scope: "col", title, className: number ? "n" : "" }, button);
        cell.setAttribute("aria-sort", state.column === column ? (state.down ? "descending" : "ascending") : "none");
        button.addEventListener("click", () => {
          state.down = state.column === column && !state.down;
          state.column = column;
          [...line.children].forEach(other => other.setAttribute("aria-sort", "none"));
          cell.setAttribute("aria-sort", state.down ? "descending" : "ascending");
          fill();
        });
        line.append(cell);
      };
      data.options.forEach((option, i) => add(option.name, "", i, false));
      add("outcome", "", options, false);
      data.groups[state.group].figures.forEach((figure, i) => add(figure.heading, figure.meaning, first() + i, true));
      head.replaceChildren(line);
    }

    function cell(value) {
      const td = make("td", { className: "n" });
      td.append(value === null ? "–" : numbers.format(median(value)));
      if (Array.isArray(value)) {
        td.append(make("small", { textContent: numbers.format(value[1]) + "–" + numbers.format(value[2]) }));
      }
      return td;
    }

    function fill() {
      const kept = rows.filter(row => state.filters.every((value, i) => value === "" || row[i] === value));
      if (state.column >= 0) kept.sort(order(state.column, state.down));
      const start = first();
      const end = start + data.groups[state.group].figures.length;
      body.replaceChildren(...kept.slice(0, state.shown).map(row => make("tr", {},
        ...row.slice(0, options).map(value => make("td", { textContent: value })),
        make("td", { textContent: row[options], className: row[options] === "settled" ? "" : "off" }),
        ...row.slice(start, end).map(cell))));
      const left = kept.length - state.shown;
      more.replaceChildren(numbers.format(Math.min(kept.length, state.shown)) + " of " + numbers.format(rows.length) + " rows");
      if (left > 0) {
        [["show " + Math.min(STEP, left) + " more", STEP], ["show all", left]].forEach(([textContent, by]) => {
          const button = make("button", { type: "button", textContent });
          button.addEventListener("click", () => {
            state.shown += by;
            fill();
          });
          more.append(button);
        });
      }
      more.setAttribute("aria-live", "polite");
    }

    place.append(make("h3", { textContent: "All combinations" }), tools, tabs, scroll, more);
    if (!options) tools.remove();
    heading();
    fill();
  }

  const dark = matchMedia("(prefers-color-scheme: dark)");
  const colours = () => (dark.matches
    ? ["#6cb2f2", "#f0a860", "#58c7b1", "#d795d3", "#d9d25e", "#f28b82", "#9aa7ff", "#b0b8c4", "#8fd16f"]
    : ["#1f6fb2", "#b85c00", "#0b7a6b", "#93399a", "#7a6a00", "#c0392b", "#4b4fc4", "#5b6675", "#3f7d20"]);
  const style = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

  const ranges = drawing => drawing.ranges && drawing.segments.length === 1;

  /* The total's median behind each bar, and from the least to the largest a line where there is one segment. */
  const totals = drawing => ({
    id: "totals",
    afterDatasetsDraw(chart) {
      const { ctx, scales: { x, y } } = chart;
      ctx.save();
      ctx.fillStyle = ctx.strokeStyle = style("--ink");
      ctx.font = "12px system-ui, sans-serif";
      ctx.textBaseline = "middle";
      drawing.totals.forEach((spread, i) => {
        if (!spread) return;
        const middle = y.getPixelForValue(i);
        let end = x.getPixelForValue(spread.median);
        if (ranges(drawing) && spread.max > spread.min) {
          const [from, to] = [x.getPixelForValue(spread.min), x.getPixelForValue(spread.max)];
          ctx.beginPath();
          ctx.moveTo(from, middle);
          ctx.lineTo(to, middle);
          [from, to].forEach(at => {
            ctx.moveTo(at, middle - 4);
            ctx.lineTo(at, middle + 4);
          });
          ctx.stroke();
          end = to;
        }
        ctx.fillText(numbers.format(spread.median), end + 6, middle);
      });
      ctx.restore();
    },
  });

  const drawn = new Map();

  function draw(drawing) {
    const palette = colours();
    const canvas = document.getElementById(drawing.id);
    canvas.setAttribute("aria-label", canvas.getAttribute("aria-label").split(":")[0] + ": "
      + drawing.values.map((value, i) => value + " " + (drawing.totals[i] ? numbers.format(drawing.totals[i].median) : "unknown")).join(", "));
    const parted = drawing.segments.length > 1;
    const most = Math.max(0, ...drawing.totals.map(spread => (spread ? (ranges(drawing) ? spread.max : spread.median) : 0)));
    drawn.set(drawing.id, new Chart(canvas, {
      type: "bar",
      data: {
        labels: drawing.values,
        datasets: drawing.segments.map((segment, i) => ({
          label: segment.label,
          data: segment.spreads.map(spread => spread && spread.median),
          backgroundColor: palette[i % palette.length],
          borderColor: style("--panel"),
          borderWidth: parted ? { right: 1 } : 0,
          maxBarThickness: 18,
        })),
      },
      options: {
        indexAxis: "y",
        animation: false,
        maintainAspectRatio: false,
        layout: { padding: { right: 4 } },
        scales: {
          x: { stacked: true, beginAtZero: true, suggestedMax: most * 1.18 || 1, grid: { color: style("--line") }, ticks: { color: style("--soft"), maxTicksLimit: 6, precision: 0 } },
          y: { stacked: true, grid: { display: false }, ticks: { color: style("--ink"), autoSkip: false } },
        },
        plugins: {
          legend: { display: parted, position: "bottom", labels: { color: style("--ink"), boxWidth: 10, boxHeight: 10, font: { size: 11 } } },
          tooltip: { callbacks: { label: item => {
            const spread = drawing.segments[item.datasetIndex].spreads[item.dataIndex];
            return item.dataset.label + ": " + numbers.format(spread.median) + " (" + numbers.format(spread.min) + "–" + numbers.format(spread.max) + ")";
          } } },
        },
      },
      plugins: [totals(drawing)],
    }));
  }

  document.querySelectorAll("[data-table]").forEach(table);
  const byId = new Map(data.charts.map(drawing => [drawing.id, drawing]));
  const seen = new IntersectionObserver(entries => entries.filter(entry => entry.isIntersecting).forEach(entry => {
    seen.unobserve(entry.target);
    if (!drawn.has(entry.target.id)) draw(byId.get(entry.target.id));
  }), { rootMargin: "600px" });
  data.charts.forEach(drawing => seen.observe(document.getElementById(drawing.id)));
  const all = () => data.charts.filter(drawing => !drawn.has(drawing.id)).forEach(draw);
  addEventListener("beforeprint", () => {
    all();
    drawn.forEach(chart => chart.resize());
  });
  dark.addEventListener("change", () => {
    const ids = [...drawn.keys()];
    drawn.forEach(chart => chart.destroy());
    drawn.clear();
    ids.forEach(id => draw(byId.get(id)));
  });
})();
