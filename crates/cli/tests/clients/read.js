// What packages from npm make of a Candor: prints their verdicts as one JSON object.
//
//     NODE_PATH=…/node_modules node read.js SITE
"use strict";
const { Statuspage } = require("statuspage.io");

async function main(site) {
  const client = new Statuspage("ours");
  client.setApiUrl(site);
  const api = client.api;
  const summary = await api.getSummary();
  const ical = require("ical.js");
  const ICAL = ical.default || ical;
  const text = await (await fetch(site + "/calendar.ics")).text();
  const calendar = new ICAL.Component(ICAL.parse(text));
  const events = calendar.getAllSubcomponents("vevent").map((one) => new ICAL.Event(one));
  // This version asks for what is upcoming whichever of the three lists of maintenances is wanted.
  const work = await (await fetch(site + "/api/v2/scheduled-maintenances.json")).json();
  return {
    statuspage: {
      indicator: summary.status.indicator,
      status: (await api.getStatus()).status.description,
      components: (await api.getComponents()).components.map((one) => one.status),
      all: (await api.incidents.getAll()).incidents.map((one) => one.status),
      unresolved: (await api.incidents.getUnresolved()).incidents.map((one) => one.status),
      planned: (await api.scheduledMaintenances.getUpcoming()).scheduled_maintenances.map((one) => one.status),
      work: work.scheduled_maintenances.map((one) => one.status),
    },
    calendar: events.map((event) => ({
      sequence: event.sequence,
      status: event.component.getFirstPropertyValue("status"),
      minutes: event.duration.toSeconds() / 60,
    })),
  };
}

main(process.argv[2]).then(
  (found) => console.log(JSON.stringify(found)),
  (error) => { console.error(error); process.exitCode = 1; },
);
