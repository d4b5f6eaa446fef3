// Maps that arrow keys walk from neighbour to neighbour, that say the value of what is pointed at
// or focused, and that light up together with their table. Without this script every map has its links and
// its names, every table its values.
(function () {
  "use strict";

  // The bubble says a territory's name, value and rank. It can be pointed at, stays as long as its cause, and Escape
  // dismisses it. Screen readers have the same words as the name of the link.
  var bubble = document.createElement("div");
  bubble.className = "bubble";
  bubble.setAttribute("aria-hidden", "true");
  bubble.hidden = true;
  var shown = null; // what the bubble is about
  var leaving = 0;

  function hide() {
    window.clearTimeout(leaving);
    bubble.hidden = true;
    light(shown, false);
    shown = null;
  }

  function light(place, on) {
    if (place) place.parts.forEach(function (part) { part.classList.toggle("here", on); });
  }

  // show puts the bubble over the middle of a box of the window, or under it where there is no room above.
  function show(place, box) {
    window.clearTimeout(leaving);
    if (shown !== place) light(shown, false);
    shown = place;
    light(place, true);
    bubble.textContent = "";
    var name = document.createElement("b");
    name.textContent = place.name;
    bubble.append(name, document.createElement("br"), place.value);
    bubble.hidden = false;
    document.body.appendChild(bubble);
    var width = document.documentElement.clientWidth;
    var left = Math.max(4, Math.min(width - bubble.offsetWidth - 4, box.left + box.width / 2 - bubble.offsetWidth / 2));
    var top = box.top - bubble.offsetHeight - 6;
    if (top < 4) top = box.top + box.height + 6;
    bubble.style.left = left + window.scrollX + "px";
    bubble.style.top = top + window.scrollY + "px";
  }

  // leave lets the pointer reach the bubble before it goes.
  function leave() {
    window.clearTimeout(leaving);
    leaving = window.setTimeout(hide, 250);
  }

  bubble.addEventListener("mouseenter", function () { window.clearTimeout(leaving); });
  bubble.addEventListener("mouseleave", leave);
  document.addEventListener("keydown", function (event) {
    if (event.key === "Escape" && !bubble.hidden) hide();
  });

  // label is where the bubble points: the circle or the figure of a territory, or the point under the mouse.
  function boxAt(event) { return { left: event.clientX - 1, top: event.clientY - 8, width: 2, height: 24 }; }

  var steps = { ArrowLeft: 0, ArrowRight: 1, ArrowUp: 2, ArrowDown: 3 };

  function enliven(map) {
    var places = new Map();
    var level = map.classList.contains("map-departement") ? "departement" : "region";
    map.querySelectorAll(".map-area[aria-label]").forEach(function (area) {
      var words = area.getAttribute("aria-label").split("\u00a0: ");
      places.set(area.dataset.code, { area: area, parts: [area], name: words[0], value: words.slice(1).join("\u00a0: ") });
    });
    map.querySelectorAll("[data-code]").forEach(function (part) {
      var place = places.get(part.dataset.code);
      if (!place) return;
      if (part !== place.area) place.parts.push(part);
      part.addEventListener("mousemove", function (event) {
        if (shown !== place) show(place, boxAt(event));
        else window.clearTimeout(leaving);
      });
      part.addEventListener("mouseleave", leave);
    });
    places.forEach(function (place) {
      document.querySelectorAll('tr[data-territory="' + level + ":" + place.area.dataset.code + '"]').forEach(function (row) {
        place.parts.push(row);
        row.addEventListener("mouseenter", function () { light(place, true); });
        row.addEventListener("mouseleave", function () { light(place, false); });
        row.addEventListener("focusin", function () { light(place, true); });
        row.addEventListener("focusout", function () { light(place, false); });
      });
      place.area.addEventListener("focus", function () {
        var disc = map.querySelector("circle[data-code='" + place.area.dataset.code + "'], [data-code='" + place.area.dataset.code + "'] circle");
        show(place, (disc || place.area).getBoundingClientRect());
      });
      place.area.addEventListener("blur", function () { if (shown === place) hide(); });
      place.area.addEventListener("keydown", function (event) {
        var step = steps[event.key];
        if (step === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
        event.preventDefault();
        var to = places.get((place.area.dataset.voisins || "").split(" ")[step]);
        if (to) to.area.focus();
      });
    });
  }

  document.querySelectorAll("svg.map").forEach(enliven);
})();
