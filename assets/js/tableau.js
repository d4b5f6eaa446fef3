// Tables that can be sorted. Without this script every table is whole, in its own order.
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
    function announce() { if (!status.parentNode) table.parentNode.insertBefore(status, table); }
    table.addEventListener("focusin", announce, { once: true }); // before it speaks
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
        announce();
        status.textContent = "Tableau trié par " + label + ", ordre " + (direction === "ascending" ? "croissant" : "décroissant");
      });
    });
  }

  document.querySelectorAll("table[data-sortable]").forEach(makeSortable);
})();
