//! A page of the log as lines of JSON, for those who poll.

use std::sync::Arc;

use super::line::Line;
use super::{Feed, SPAN_MAX};
use crate::http::{FeedPage, FeedQuery, Unanswered};
use crate::store::event::{Column, LoggedEvent};
use crate::store::filter::{Comparison, Filter};

/// A page ends with the line that fills so many bytes.
const BYTES_MAX: usize = 8 * 1024 * 1024;

impl Feed {
    /// The events after a position that meet the query, from the first on, of those in a span of the log: one that hardly any
    /// meets would else be a search through all of it.
    pub async fn page(self: &Arc<Self>, query: &FeedQuery) -> Result<FeedPage, Unanswered> {
        let head = self.head().await?;
        if query.after > head {
            return Err(Unanswered::BeyondEnd { head });
        }
        let _turn = self.turn().await;
        let (filter, end) = (filter(query), head.min(query.after.saturating_add(SPAN_MAX)));
        let mut page = FeedPage { body: Vec::new(), next: query.after };
        let mut left = query.limit;
        // A few at a time, as a thousand that are long would not fit into memory.
        while left > 0 && page.body.len() < BYTES_MAX {
            let count = left.min(self.settings().batch_max.max(1));
            let limit = i64::try_from(count).unwrap_or(i64::MAX);
            let events = self.store().reader().log(&filter, page.next, end, limit).await?;
            let is_whole = write(&events, &mut page)?;
            if is_whole && (events.len() as u64) < count {
                // What does not meet the query is not looked at twice.
                page.next = end;
                break;
            }
            left -= count;
        }
        Ok(page)
    }
}

/// Writes lines until the page is full, and tells whether all events are among them.
fn write(events: &[LoggedEvent], page: &mut FeedPage) -> Result<bool, Unanswered> {
    for event in events {
        if page.body.len() >= BYTES_MAX {
            return Ok(false);
        }
        let line = Line::of(event).map_err(|error| Unanswered::Broken(error.to_string()))?;
        serde_json::to_writer(&mut page.body, &line).expect("a line has text keys and goes to memory");
        page.body.push(b'\n');
        page.next = event.seq;
    }
    Ok(true)
}

fn filter(query: &FeedQuery) -> Filter<Column> {
    let types: Vec<String> = query.types.iter().map(|it| <&str>::from(*it).to_owned()).collect();
    let one_of = |(column, texts): (Column, &Vec<String>)| {
        let keys = texts.iter().map(|it| it.as_str().into()).collect();
        (!texts.is_empty()).then_some(Filter::Compare(column, Comparison::In(keys)))
    };
    let columns = [
        (Column::EventType, &types),
        (Column::Provider, &query.providers),
        (Column::OrgId, &query.org_ids),
        (Column::SourceId, &query.source_ids),
    ];
    Filter::And(columns.into_iter().filter_map(one_of).collect())
}
