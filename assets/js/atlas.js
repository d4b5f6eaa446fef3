// Tables that can be sorted, maps that arrow keys walk and that answer to their table.
// Without this script every table is whole, in its own order, and every map has its links.
(function () {
  "use strict";

  var collator = new Intl.Collator("fr", { numeric: true });

  // key is what a cell is ordered by: its data-sort, a number where it reads as one.
  function key(cell) {
    var raw = cell.hasAttribute("data-sort") ? cell.getAttribute("data-sort") : cell.textContent.trim();
    var number = Number(raw);
    return raw === "" ? null : Number.isNaN(number) ? raw : number;
  }

  // Rows without value come last, whatever the direction.
  function compare(a, b, direction) {
    if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1;
    var order = typeof a === "number" && typeof b === "number" ? a - b : collator.compare(String(a), String(b));
    return direction === "ascending" ? order : -order;
  }

  function sort(table, column, direction) {
    var body = table.tBodies[0];
    var rows = Array.from(body.rows).filter(function (row) { return !row.classList.contains("total"); });
    rows
      .map(function (row, index) {
        var cell = row.cells[column];
        var empty = cell.classList.contains("num") && !cell.hasAttribute("data-sort");
        return { row: row, index: index, key: empty ? null : key(cell) };
      })
      .sort(function (a, b) { return compare(a.key, b.key, direction) || a.index - b.index; })
      .forEach(function (item) { body.appendChild(item.row); });
  }

  function makeSortable(table) {
    var heads = Array.from(table.tHead.rows[0].cells);
    var status = document.createElement("p");
    status.className = "hidden";
    status.setAttribute("role", "status");
    table.parentNode.insertBefore(status, table);
    heads.forEach(function (head, column) {
      var label = head.textContent.trim();
      var button = document.createElement("button");
      button.type = "button";
      while (head.firstChild) button.appendChild(head.firstChild);
      head.appendChild(button);
      button.addEventListener("click", function () {
        var numeric = head.classList.contains("num");
        var now = head.getAttribute("aria-sort");
        var direction = now ? (now === "ascending" ? "descending" : "ascending") : numeric ? "descending" : "ascending";
        heads.forEach(function (other) { other.removeAttribute("aria-sort"); });
        head.setAttribute("aria-sort", direction);
        sort(table, column, direction);
        status.textContent = "Tableau trié par " + label + ", ordre " + (direction === "ascending" ? "croissant" : "décroissant");
      });
    });
  }

  // walk moves from a territory of a map to the nearest one in the direction of an arrow key.
  function walk(areas, from, dx, dy) {
    var centre = function (area) {
      var box = area.getBoundingClientRect();
      return { x: box.left + box.width / 2, y: box.top + box.height / 2 };
    };
    var start = centre(from);
    var best = null;
    var least = Infinity;
    areas.forEach(function (area) {
      var to = centre(area);
      var along = (to.x - start.x) * dx + (to.y - start.y) * dy;
      var aside = Math.abs((to.x - start.x) * dy) + Math.abs((to.y - start.y) * dx);
      if (area !== from && along > 1 && along > 0.6 * aside && along + 2 * aside < least) {
        best = area;
        least = along + 2 * aside;
      }
    });
    if (best) best.focus();
  }

  var arrows = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

  // answer marks a territory on the map while its row is pointed at, and the other way round.
  function answer(area, row) {
    [[area, row], [row, area]].forEach(function (pair) {
      ["mouseenter", "focusin"].forEach(function (event) {
        pair[0].addEventListener(event, function () { pair[1].classList.add("here"); });
      });
      ["mouseleave", "focusout"].forEach(function (event) {
        pair[0].addEventListener(event, function () { pair[1].classList.remove("here"); });
      });
    });
  }

  function enliven(map) {
    var areas = Array.from(map.querySelectorAll("a.map-area"));
    areas.forEach(function (area) {
      area.addEventListener("keydown", function (event) {
        var arrow = arrows[event.key];
        if (!arrow || event.altKey || event.ctrlKey || event.metaKey) return;
        event.preventDefault();
        walk(areas, area, arrow[0], arrow[1]);
      });
      document.querySelectorAll("table[data-sortable] tbody th a").forEach(function (link) {
        if (link.getAttribute("href") === area.getAttribute("href")) answer(area, link.closest("tr"));
      });
    });
  }

  document.querySelectorAll("table[data-sortable]").forEach(makeSortable);
  document.querySelectorAll("svg.map").forEach(enliven);
})();
