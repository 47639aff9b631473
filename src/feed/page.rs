//! A page of the log as lines of JSON, for those who poll.

use std::sync::Arc;

use super::Feed;
use super::line::Line;
use crate::http::{FeedPage, FeedQuery, Unanswered};
use crate::store::event::Column;
use crate::store::filter::{Comparison, Filter};

impl Feed {
    /// The events after a position that meet the query, from the first on.
    pub async fn page(self: &Arc<Self>, query: &FeedQuery) -> Result<FeedPage, Unanswered> {
        let head = self.head().await?;
        if query.after > head {
            return Err(Unanswered::BeyondEnd { head });
        }
        let _turn = self.turn().await;
        let limit = i64::try_from(query.limit).unwrap_or(i64::MAX);
        let events = self.store().reader().log(&filter(query), query.after, head, limit).await?;
        let mut body = Vec::new();
        for event in &events {
            let line = Line::of(event).map_err(|error| Unanswered::Broken(error.to_string()))?;
            serde_json::to_writer(&mut body, &line).expect("a line has text keys and goes to memory");
            body.push(b'\n');
        }
        // What does not meet the query is not looked at twice.
        let last = events.last().filter(|_| events.len() as u64 == query.limit);
        Ok(FeedPage { body, next: last.map_or(head, |event| event.seq) })
    }
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
