// The preview's own script. It reloads the page after a build, and shows what the last build had to say.
// In: its own `data-generation`, /_rahnuma/events, /_rahnuma/problems. Out: a reload, or one <aside>. No built site has it.
(function () {
  "use strict";

  var script = document.currentScript;
  var since = (script && script.getAttribute("data-generation")) || "";
  var source = null;

  // The server answers as soon as its generation is another than this page's, and the browser asks again after each answer,
  // so neither a lost connection nor a new server is missed.
  function connect() {
    if (source || document.visibilityState === "hidden") return;
    source = new EventSource("/_rahnuma/events?since=" + encodeURIComponent(since));
    source.addEventListener("reload", function () {
      disconnect();
      location.reload();
    });
    source.addEventListener("error", function () {
      // Most browsers come back by themselves; those that gave up are helped.
      if (source && source.readyState === EventSource.CLOSED) {
        disconnect();
        setTimeout(connect, 2000);
      }
    });
  }

  function disconnect() {
    if (source) source.close();
    source = null;
  }

  // A browser opens six connections to one host: pages that nobody sees give theirs back.
  document.addEventListener("visibilitychange", function () {
    if (document.visibilityState === "hidden") disconnect();
    else connect();
  });

  var KNOWN = ["B", "BDI", "BR", "CODE", "EM", "H2", "H3", "LI", "OL", "P", "PRE", "SPAN", "STRONG", "UL"];
  var SILENT = ["SCRIPT", "STYLE", "TEMPLATE", "TITLE"];

  // Copies words and a few plain elements, never markup as a string: a message may quote anything.
  function copy(from, to) {
    from.childNodes.forEach(function (node) {
      if (node.nodeType === Node.TEXT_NODE) {
        to.appendChild(document.createTextNode(node.nodeValue));
      } else if (node.nodeType === Node.ELEMENT_NODE && SILENT.indexOf(node.nodeName) < 0) {
        var target = to;
        if (KNOWN.indexOf(node.nodeName) >= 0) {
          target = document.createElement(node.nodeName);
          ["class", "dir", "lang"].forEach(function (name) {
            if (node.hasAttribute(name)) target.setAttribute(name, node.getAttribute(name));
          });
          to.appendChild(target);
        }
        copy(node, target);
      }
    });
  }

  function remembered(value) {
    try {
      if (value !== undefined) sessionStorage.setItem("rahnuma-problems", value);
      return sessionStorage.getItem("rahnuma-problems");
    } catch (_) {
      return null;
    }
  }

  function show(problems) {
    if (!problems.trim()) remembered("");
    else if (remembered() !== problems) {
      var aside = document.createElement("aside");
      aside.id = "rahnuma-problems";
      aside.lang = "en";
      aside.dir = "ltr";
      aside.setAttribute("aria-label", "Problems of the last build");
      var button = document.createElement("button");
      button.type = "button";
      button.appendChild(document.createTextNode("Hide"));
      button.addEventListener("click", function () {
        remembered(problems);
        aside.remove();
      });
      aside.appendChild(button);
      copy(new DOMParser().parseFromString(problems, "text/html").body, aside);
      document.body.appendChild(aside);
    }
  }

  connect();
  fetch("/_rahnuma/problems")
    .then(function (answer) {
      return answer.ok ? answer.text() : "";
    })
    .then(show)
    .catch(function () {});
})();
