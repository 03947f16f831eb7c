//! What a command would do: the same decision on the current board, with nothing written.

use candor_content::notification_text::NotificationWords;
use candor_core::{
    Command, CommandContext, Event, Notification, OutboxEntry, RecordedEvent, decide, outbox_entry,
};
use jiff::Timestamp;
use serde::Serialize;
use serde_json::Value;

use super::{
    event_text::Sentence,
    page::{OpenPage, Recipients},
};
use crate::{error::CliError, terminal};

/// The events that would be appended, and who would be notified.
pub(super) struct Preview {
    events: Vec<Event>,
    /// Each with its recipients.
    notices: Vec<(Notification, Recipients)>,
}

impl Preview {
    /// # Errors
    /// The command would be refused, and why; or the database can't be reached.
    pub(super) async fn of(page: &OpenPage, command: &Command) -> Result<Self, CliError> {
        let (now, actor) = (Timestamp::now(), super::actor(&page.store).await?);
        let context =
            CommandContext { now, actor: Some(actor.clone()), refire: page.settings.refire };
        let events = match decide(&page.board, command.clone(), &context) {
            Ok(events) => events,
            Err(refusal) => {
                return Err(CliError::Refused(super::refused(page, &refusal).await?));
            }
        };
        let (mut board, mut notices) = ((*page.board).clone(), Vec::new());
        for event in &events {
            let (seq, actor, event) = (board.seq + 1, Some(actor.clone()), event.clone());
            let recorded = RecordedEvent { seq, occurred_at: now, recorded_at: now, actor, event };
            board.evolve(&recorded);
            if let Some(OutboxEntry::NotifySubscribers(notice)) = outbox_entry(&board, &recorded) {
                let reach = page.reach(notice.incident, notice.severity).await?;
                notices.push((notice, reach));
            }
        }
        Ok(Self { events, notices })
    }

    /// Whether anybody would be notified.
    pub(super) fn notifies(&self) -> bool {
        self.notices.iter().any(|(_, reach)| reach.all > 0)
    }

    /// Prints what subscribers would get, and how many.
    ///
    /// # Errors
    /// Stdout can't be written.
    pub(super) fn show(&self, page: &OpenPage) -> Result<(), CliError> {
        for (notice, reach) in self.notices.iter().filter(|(_, reach)| reach.all > 0) {
            let waits = reach.waits().map(|why| format!(" ({why})")).unwrap_or_default();
            terminal::line(format!("to {}{waits}:\n", terminal::count(reach.all, "subscriber")))?;
            let words = NotificationWords::of(notice, page.clock.reader());
            terminal::line(format!("    {}: {}", words.heading, words.title))?;
            for (name, value) in &words.facts {
                terminal::line(format!("    {name}: {value}"))?;
            }
            for line in words.written.iter().flat_map(|text| text.lines()) {
                terminal::line(format!("    {line}").trim_end())?;
            }
            terminal::line("")?;
        }
        Ok(())
    }

    /// Answers `--dry-run`.
    ///
    /// # Errors
    /// Stdout can't be written.
    pub(super) fn answer(&self, page: &OpenPage, json: bool) -> Result<(), CliError> {
        if json {
            return self.answer_as_json();
        }
        for event in &self.events {
            let incident = event.incident().map(|number| format!("#{number} ")).unwrap_or_default();
            let sentence = Sentence::of(event, &page.clock);
            terminal::line(format!("would write: {incident}{}", sentence.line()))?;
        }
        if self.notifies() {
            terminal::line("would notify:")?;
            self.show(page)?;
        } else {
            terminal::line("would notify nobody")?;
        }
        terminal::line("dry run: nothing was changed")
    }

    fn answer_as_json(&self) -> Result<(), CliError> {
        #[derive(Serialize)]
        struct WrittenJson {
            #[serde(rename = "type")]
            type_name: &'static str,
            payload: Value,
        }
        #[derive(Serialize)]
        struct NotifiedJson<'a> {
            recipients: u64,
            notice: &'a Notification,
        }
        #[derive(Serialize)]
        struct PreviewJson<'a> {
            dry_run: bool,
            events: Vec<WrittenJson>,
            notifies: Vec<NotifiedJson<'a>>,
        }
        let written = |event: &Event| {
            let payload = event.payload().and_then(|payload| serde_json::from_str(&payload))?;
            Ok(WrittenJson { type_name: event.type_name(), payload })
        };
        let events: Result<_, serde_json::Error> = self.events.iter().map(written).collect();
        let events = events.map_err(|e| CliError::Failed(format!("can't write JSON: {e}")))?;
        let notifies = self
            .notices
            .iter()
            .map(|(notice, reach)| NotifiedJson { recipients: reach.all, notice })
            .collect();
        terminal::json(&PreviewJson { dry_run: true, events, notifies })
    }
}
