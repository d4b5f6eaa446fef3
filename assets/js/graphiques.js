// Charts that may be explored: a button under each loads the interactive version, on demand.
// Without this script every chart is the drawing made at build time, whole.
(function () {
  "use strict";

  function offer(chart) {
    var drawing = chart.querySelector("[role=img]");
    var button = document.createElement("button");
    var name = " : " + drawing.getAttribute("aria-label");
    var status = document.createElement("p"); // on the page from the first approach
    var live = null; // the interactive version, once made
    var explored = false;
    button.type = "button";
    button.className = "explore";
    status.className = "hidden";
    status.setAttribute("role", "status");
    chart.append(button);
    ["focus", "pointerenter"].forEach(function (approach) {
      button.addEventListener(approach, function () { chart.append(status); }, { once: true });
    });
    chart.classList.add("explorable");

    function say(text) {
      button.textContent = text;
      button.setAttribute("aria-label", text + name);
    }

    function leave() {
      live.leave();
      explored = false;
      say("Explorer ce graphique");
      status.textContent = "Graphique fixe";
      button.focus();
    }

    function entered() {
      explored = true;
      say("Revenir au graphique fixe");
      status.textContent = "Graphique interactif : les flèches passent d’une valeur à l’autre, Échap revient au graphique fixe.";
    }

    function enter() {
      if (button.getAttribute("aria-busy")) return;
      if (live) {
        live.enter();
        entered();
        return;
      }
      chart.append(status);
      button.setAttribute("aria-busy", "true");
      status.textContent = "Chargement du graphique";
      Promise.all([window.atlas.data(chart.dataset.option), window.atlas.load(chart.dataset.script)])
        .then(function (loaded) {
          live = window.atlas.explore(chart, drawing, loaded[0], function (text) { status.textContent = text; }, leave);
          entered();
        })
        .catch(function () { status.textContent = "Le graphique interactif n’a pas pu être chargé."; })
        .finally(function () { button.removeAttribute("aria-busy"); });
    }

    say("Explorer ce graphique");
    button.addEventListener("click", function () { if (explored) leave(); else enter(); });
    drawing.addEventListener("click", enter);
  }

  document.querySelectorAll(".chart[data-script]").forEach(offer);
})();
