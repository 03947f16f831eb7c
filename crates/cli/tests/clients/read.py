"""What programs written for others make of a Candor: prints their verdicts as one JSON object.

    read.py SITE FOLDER
"""

import asyncio
import dataclasses
import datetime
import json
import os
import sys
import urllib.request

SITE, FOLDER = sys.argv[1], sys.argv[2]
CALENDAR = f"{SITE}/calendar.ics"
FEEDS = ["/feed/atom", "/feed/rss", "/history.atom", "/history.rss"]


def exporter():
    """statuspage-prometheus-exporter: its own check of a service, without the loop around it."""
    services = os.path.join(FOLDER, "services.json")
    with open(services, "w", encoding="utf-8") as file:
        json.dump({"ours": {"url": f"{SITE}/api/v2/summary.json", "name": "Ours"}}, file)
    os.environ["SERVICES_JSON_PATH"] = services
    os.chdir(FOLDER)
    from statuspage_prometheus_exporter import service_checker

    found = service_checker.check_service_status("ours", service_checker.SERVICES["ours"])
    return {
        "reached": found["success"],
        "status": found["raw_status"],
        "incidents": len(found["incident_metadata"]),
        "maintenances": len(found["maintenance_metadata"]),
        "components": [one["status_value"] for one in found["component_metadata"]],
    }


def health_checks():
    """django-health-check: the check of a Statuspage, for all of it and for its one component, and of feeds."""
    import django
    from django.conf import settings

    settings.configure()
    django.setup()
    from health_check.contrib.atlassian import AtlassianStatusPage
    from health_check.contrib.rss import Feed
    from health_check.exceptions import StatusPageWarning

    wait, recent = datetime.timedelta(seconds=20), datetime.timedelta(hours=1)

    @dataclasses.dataclass
    class Page(AtlassianStatusPage):
        timeout: datetime.timedelta = wait
        base_url: str = SITE
        component: str = ""

    @dataclasses.dataclass
    class OneFeed(Feed):
        timeout: datetime.timedelta = wait
        max_age: datetime.timedelta = recent
        feed_url: str = ""

    def verdict(check):
        try:
            asyncio.run(check.run())
            return "good"
        except StatusPageWarning as warning:
            return str(warning).split(": http")[0]

    return {
        "page": verdict(Page()),
        "component": verdict(Page(component="Our service")),
        **{path: verdict(OneFeed(feed_url=SITE + path)) for path in FEEDS},
    }


def feed_reader():
    """feedparser: strict about what isn't well-formed, if it is asked."""
    import feedparser

    feeds = {}
    for path in FEEDS:
        feed = feedparser.parse(SITE + path)
        feeds[path] = {
            "bozo": int(feed.bozo),
            "why": str(feed.get("bozo_exception", "")),
            "titles": [entry.title for entry in feed.entries],
            "ids": [entry.id for entry in feed.entries],
            "first": feed.entries[0].summary if feed.entries else "",
        }
    return feeds


def calendar():
    """icalendar."""
    import icalendar

    with urllib.request.urlopen(CALENDAR) as answer:
        parsed = icalendar.Calendar.from_ical(answer.read())
    events = list(parsed.walk("VEVENT"))
    assert not parsed.errors and not any(event.errors for event in events)
    return [
        {
            "uid": str(event["UID"]),
            "sequence": int(event["SEQUENCE"]),
            "status": str(event["STATUS"]),
            "minutes": int((event.decoded("DTEND") - event.decoded("DTSTART")).total_seconds() // 60),
        }
        for event in events
    ]


print(json.dumps({
    "exporter": exporter(),
    "health": health_checks(),
    "feeds": feed_reader(),
    "calendar": calendar(),
}))
