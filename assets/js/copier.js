// Whole addresses where the site does not know its own, and buttons that copy.
(function () {
  "use strict";

  document.querySelectorAll("[data-address]").forEach(function (part) {
    part.textContent = new URL(part.getAttribute("data-address"), document.baseURI).href;
  });
  document.querySelectorAll("[data-relative]").forEach(function (hint) { hint.remove(); });

  // select marks the text, for a browser that does not let a page write to the clipboard.
  function select(block) {
    var range = document.createRange();
    range.selectNodeContents(block);
    var selection = window.getSelection();
    selection.removeAllRanges();
    selection.addRange(range);
  }

  document.querySelectorAll("[data-copy]").forEach(function (block) {
    var text = block.textContent.trim();
    var button = document.createElement("button");
    var status = document.createElement("span");
    button.type = "button";
    button.className = "copy";
    button.textContent = "Copier " + block.getAttribute("data-copy");
    status.setAttribute("role", "status");
    block.after(button, " ", status);
    button.addEventListener("click", function () {
      var written = navigator.clipboard ? navigator.clipboard.writeText(text) : Promise.reject();
      written.then(function () {
        status.textContent = "Copié.";
      }, function () {
        select(block);
        status.textContent = "Le texte est sélectionné\u00a0: Ctrl\u00a0+\u00a0C le copie.";
      });
    });
  });
})();
