// What the scripts of the pages share: to load another script, or data, when it is asked for.
// A copy of the site opened from a disk may not fetch: there, the data of X.json come from the
// script X.json.js, which calls atlas.receive.
(function () {
  "use strict";

  var policy = window.trustedTypes && window.trustedTypes.createPolicy("atlas", {
    createScriptURL: function (url) {
      var whole = new URL(url, document.baseURI);
      if (whole.protocol !== window.location.protocol || whole.host !== window.location.host) throw new TypeError("script d’un autre site");
      return whole.href;
    },
  });
  var loading = new Map();
  var received = new Map();

  // load adds a script to the page, once.
  function load(url) {
    var whole = new URL(url, document.baseURI).href;
    if (!loading.has(whole)) {
      loading.set(whole, new Promise(function (resolve, reject) {
        var script = document.createElement("script");
        script.src = policy ? policy.createScriptURL(whole) : whole;
        script.onload = function () { resolve(); };
        script.onerror = function () {
          loading.delete(whole);
          reject(new Error("script introuvable : " + url));
        };
        document.head.appendChild(script);
      }));
    }
    return loading.get(whole);
  }

  // data resolves to what a JSON file of the site holds.
  function data(url) {
    var whole = new URL(url, document.baseURI).href;
    if (window.location.protocol === "file:") {
      return load(whole + ".js").then(function () { return received.get(whole + ".js"); });
    }
    return fetch(whole).then(function (response) {
      if (!response.ok) throw new Error("données introuvables : " + url);
      return response.json();
    });
  }

  // receive takes the data of the script that calls it.
  function receive(value) { received.set(document.currentScript.src, value); }

  window.atlas = { load: load, data: data, receive: receive };
})();
