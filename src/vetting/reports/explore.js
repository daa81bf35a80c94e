"use strict";
// Starts the explore mode of a dossier. Whatever comes from a list is data and is shown as text only.
(() => {
  const box = document.getElementById("explore-graph");
  const said = document.getElementById("explore-said");
  const elements = JSON.parse(document.getElementById("explore-data").textContent);
  const ink = "#1b2530", blue = "#1f4f82", grey = "#737c87", pale = "#e9ebee";
  const dashes = { unconfirmed: [7, 4], tentative: [1.5, 4] };
  const cy = cytoscape({
    container: box,
    elements: elements,
    layout: { name: "preset", fit: false },
    minZoom: 0.2,
    maxZoom: 3,
    boxSelectionEnabled: false,
    userZoomingEnabled: false, // the wheel scrolls the page until somebody has selected something here
    style: [
      { selector: "node", style: {
        shape: "round-rectangle", width: "data(width)", height: "data(height)", label: "data(label)",
        "text-wrap": "wrap", "text-valign": "center", "text-halign": "center", "font-size": 13,
        "background-color": "#ffffff", "border-width": 1, "border-color": "#9aa3ad", color: ink } },
      { selector: "node[sort = 'applicant']", style: { "background-color": ink, color: "#ffffff" } },
      { selector: "node[sort = 'identifier']", style: { "border-color": blue, "border-width": 2.2 } },
      { selector: "node[sort = 'candidate']", style: { "background-color": "#dfe9f4", "border-color": ink } },
      { selector: "node[hub = 1]", style: { "background-color": pale, color: "#565e68" } },
      { selector: "edge", style: {
        width: 2.6, "line-color": blue, "curve-style": "bezier", "font-size": 11, color: ink,
        "text-background-color": "#ffffff", "text-background-opacity": 0.9, "text-rotation": "autorotate" } },
      { selector: "edge[association = 1]", style: {
        width: 1.2, "line-color": grey, "curve-style": "taxi", "taxi-direction": "horizontal", "text-rotation": "none" } },
      { selector: "edge[strength = 'unconfirmed']", style: { "line-style": "dashed", "line-dash-pattern": dashes.unconfirmed } },
      { selector: "edge[strength = 'tentative']", style: { "line-style": "dashed", "line-dash-pattern": dashes.tentative } },
      { selector: ".away", style: { opacity: 0.15 } },
      { selector: ".out", style: { opacity: 0.1 } },
      { selector: "edge.near", style: { label: "data(words)" } },
      { selector: ":selected", style: { "border-color": "#c2410c", "border-width": 4, "line-color": "#c2410c" } },
    ],
  });
  // Begin at the applicant, as wide as fits and large enough to read; the rest is a drag away.
  const all = cy.elements().boundingBox();
  const zoom = Math.max(0.6, Math.min(1, (box.clientWidth - 32) / all.w));
  cy.viewport({ zoom: zoom, pan: { x: 16 - all.x1 * zoom, y: 16 - all.y1 * zoom } });
  const title = (node) => node.data("whole").split("\n")[0];
  cy.on("tap", () => cy.userZoomingEnabled(true));
  box.addEventListener("mouseleave", () => cy.userZoomingEnabled(false));
  cy.on("select", "node, edge", (event) => {
    const chosen = event.target;
    const near = chosen.isNode() ? chosen.closedNeighborhood() : chosen.connectedNodes().union(chosen);
    cy.elements().addClass("away").removeClass("near");
    near.removeClass("away").addClass("near");
    said.textContent = chosen.isNode()
      ? chosen.data("whole").split("\n").join(". ") + ". Joined to " + chosen.neighborhood("node").map(title).join("; ") + "."
      : title(chosen.source()) + " " + chosen.data("words") + " " + title(chosen.target()) + ". " +
        chosen.data("strength") + ". Record: " + (chosen.data("record") || "none") + ".";
  });
  cy.on("unselect", () => {
    cy.elements().removeClass("away near");
    said.textContent = "Nothing is selected.";
  });
  // What the reader leaves out above fades here, too.
  const switches = () => {
    cy.batch(() => cy.edges().forEach((edge) => {
      const places = edge.data("evidence");
      const out = places.length > 0 && places.every((place) => {
        const control = document.getElementById("use-" + place);
        return control && !control.checked;
      });
      edge.toggleClass("out", out);
    }));
  };
  document.addEventListener("change", switches);
  switches();
  box.dataset.nodes = String(cy.nodes().length);
})();
