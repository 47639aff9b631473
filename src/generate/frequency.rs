//! Tables of frequencies: how often each title, place and employer stands on real boards.

use std::fs::File;
use std::path::Path;

use flate2::read::GzDecoder;

use super::GenerateError;
use super::chance::Chance;

/// Rows of a table that are read, those that stand first.
const ROWS_MAX: usize = 10_000;
/// Bytes of a value that are still a title, a place or a name.
const VALUE_BYTES_MAX: usize = 200;

/// Members of a table that there must be, as a posting has up to three places and moves to another one.
const MEMBERS_MIN: usize = 4;

/// Values with how often each was found.
type Table = Vec<(String, u64)>;

/// What `titles.csv.gz`, `locations.csv.gz` and `companies.csv.gz` hold: a value and a number in each row.
pub struct Frequencies {
    pub(super) titles: Table,
    pub(super) locations: Table,
    pub(super) companies: Table,
}

impl Frequencies {
    /// Reads the tables of a folder.
    pub fn read(folder: &Path) -> Result<Self, GenerateError> {
        Ok(Self {
            titles: table(&folder.join("titles.csv.gz"))?,
            locations: table(&folder.join("locations.csv.gz"))?,
            companies: table(&folder.join("companies.csv.gz"))?,
        })
    }
}

fn table(path: &Path) -> Result<Table, GenerateError> {
    let failed = |message: String| GenerateError::Table { path: path.display().to_string(), message };
    let file = File::open(path).map_err(|error| failed(error.to_string()))?;
    let mut reader = csv::Reader::from_reader(GzDecoder::new(file));
    let mut table = Vec::new();
    let mut seen = std::collections::HashSet::new();
    for row in reader.records().take(ROWS_MAX) {
        let row = row.map_err(|error| failed(error.to_string()))?;
        let value = row.get(0).unwrap_or_default().trim();
        let count: u64 = row.get(1).and_then(|it| it.parse().ok()).unwrap_or(0);
        let is_plain = !value.is_empty() && value.len() <= VALUE_BYTES_MAX && !value.contains(char::is_control);
        if is_plain && count > 0 && seen.insert(value.to_lowercase()) {
            table.push((value.to_owned(), count));
        }
    }
    Ok(table)
}

/// Things of which some are drawn more often than others.
pub(super) struct Weighted<T> {
    members: Vec<T>,
    /// The sum of the weights up to each member, its own included.
    sums: Vec<u64>,
}

impl<T> Weighted<T> {
    pub(super) fn new(weighted: impl Iterator<Item = (T, u64)>) -> Result<Self, GenerateError> {
        let (mut members, mut sums, mut sum) = (Vec::new(), Vec::new(), 0_u64);
        for (member, weight) in weighted.filter(|(_, weight)| *weight > 0) {
            sum = sum.saturating_add(weight);
            members.push(member);
            sums.push(sum);
        }
        if members.len() < MEMBERS_MIN {
            Err(GenerateError::SmallTable { rows: members.len() })
        } else {
            Ok(Self { members, sums })
        }
    }

    pub(super) fn draw(&self, chance: &mut Chance) -> usize {
        let total = self.sums.last().copied().unwrap_or(1);
        let drawn = u64::try_from(chance.below(i64::try_from(total).unwrap_or(i64::MAX))).unwrap_or(0);
        self.sums.partition_point(|sum| *sum <= drawn).min(self.members.len() - 1)
    }

    pub(super) fn len(&self) -> usize {
        self.members.len()
    }

    pub(super) fn get(&self, index: usize) -> &T {
        &self.members[index]
    }

    pub(super) fn weight(&self, index: usize) -> u64 {
        self.sums[index] - index.checked_sub(1).map_or(0, |before| self.sums[before])
    }

    /// The place of a number that counts through all members again and again, and how often it has come around.
    pub(super) fn wrapped(&self, number: u64) -> (usize, u64) {
        let length = self.members.len() as u64;
        (usize::try_from(number % length).unwrap_or(0), number / length)
    }
}
