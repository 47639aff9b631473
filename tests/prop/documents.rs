//! Random documents are answered alike by every way: written straight from rows, resolved by the executor, and kept.

use apollo_compiler::Schema;
use apollo_compiler::schema::{ExtendedType, FieldDefinition, Type};
use jobgraph::graphql::Gateway;
use jobgraph::http::GraphqlRequest;
use jobgraph::plan::Limits;

use crate::dice::Dice;
use crate::history::History;
use crate::support::backends;
use crate::world::{NOW, World};

const SEED: u64 = 4;
const DOCUMENTS: u64 = 600;
const DEPTH: usize = 6;

/// Writes documents that the schema allows.
struct Author<'a> {
    schema: &'a Schema,
    dice: Dice,
}

impl Author<'_> {
    fn document(&mut self) -> String {
        let roots = [
            "jobs",
            "jobs",
            "jobs",
            "orgs",
            "sources",
            "events",
            "job",
            "org",
            "source",
            "event",
            "providers",
            "nodes",
            "stats",
        ];
        let root = *self.dice.of(&roots);
        let field = self.schema.type_field("Query", root).expect("it is a field of the root").node.clone();
        let moment = *self.dice.of(&["", "", "asOf: {seq: \"40\"}"]);
        let arguments = match root {
            "job" | "org" | "source" | "event" => format!("by: {{id: \"{}\"}}", self.id(root)),
            "nodes" => format!("ids: [\"{}\", \"{}\"]", self.id("job"), self.id("org")),
            "stats" => "from: \"2026-01-01\", to: \"2026-01-05\"".to_owned(),
            _ => self.page(),
        };
        let is_past = field.argument_by_name("asOf").is_some();
        let arguments = if is_past { format!("{arguments} {moment}") } else { arguments };
        format!("{{ {root}({arguments}) {} }}", self.selection(field.ty.inner_named_type(), DEPTH))
    }

    /// A name of something that may not be there.
    fn id(&mut self, root: &str) -> String {
        let known = self.dice.below(4);
        match root {
            "job" => {
                jobgraph::ingest::identity::job_id("greenhouse", &format!("Board-{}", known % 3), &known.to_string())
            }
            "event" => "0".repeat(40),
            _ => jobgraph::ingest::identity::source_id("greenhouse", &format!("Board-{known}")),
        }
    }

    fn page(&mut self) -> String {
        format!("{}: {}", self.dice.word(&["first", "first", "last"]), 1 + self.dice.below(3))
    }

    fn selection(&mut self, type_name: &str, depth: usize) -> String {
        let fields: Vec<FieldDefinition> = match self.schema.types.get(type_name) {
            Some(ExtendedType::Object(it)) => it.fields.values().map(|it| it.node.as_ref().clone()).collect(),
            Some(ExtendedType::Interface(_)) => {
                let job = self.selection("Job", depth - 1);
                return format!("{{ id __typename ... on Job {job} ... on Org {{ name jobCount }} }}");
            }
            _ => return String::new(),
        };
        let count = 1 + self.dice.below(if depth > 3 { 12 } else { 6 });
        let mut chosen = Vec::new();
        for index in 0..count {
            let field = self.dice.of(&fields).clone();
            if let Some(text) = self.field(&field, depth) {
                let alias = if self.dice.percent(30) { format!("a{index}: ") } else { String::new() };
                chosen.push(format!("{alias}{text}"));
                chosen.extend(self.dice.percent(5).then(|| format!("b{index}: __typename @skip(if: true)")));
            }
        }
        if chosen.is_empty() || self.dice.percent(10) {
            // All that is selected may be left out.
            let condition = if chosen.is_empty() && self.dice.percent(50) { " @include(if: false)" } else { "" };
            chosen.push(format!("__typename{condition}"));
        }
        // One key must not stand for two fields with different arguments.
        chosen.sort();
        chosen.dedup_by_key(|it| it.split(['(', '{', ' ']).next().unwrap_or_default().to_owned());
        format!("{{ {} }}", chosen.join(" "))
    }

    fn field(&mut self, field: &FieldDefinition, depth: usize) -> Option<String> {
        let is_list = matches!(field.ty, Type::NonNullList(_) | Type::List(_));
        let arguments = match field.name.as_str() {
            "facets" => {
                let fields = &field.argument_by_name("fields")?.ty;
                let ExtendedType::Enum(values) = self.schema.types.get(fields.inner_named_type())? else { return None };
                let values: Vec<&str> = values.values.keys().map(apollo_compiler::Name::as_str).collect();
                format!("(fields: [{}], top: 3)", self.dice.word(&values))
            }
            "revision" => format!("(jobSeq: {})", 1 + self.dice.below(3)),
            _ if field.arguments.iter().any(|it| it.is_required()) => return None,
            _ if field.argument_by_name("first").is_some() => format!("({})", self.page()),
            _ => String::new(),
        };
        let name = field.ty.inner_named_type();
        let is_leaf = self.schema.types.get(name).is_none_or(|it| it.is_scalar() || it.is_enum());
        if is_leaf {
            return Some(format!("{}{arguments}", field.name));
        }
        if depth == 0 || (is_list && depth < 2) {
            return None;
        }
        Some(format!("{}{arguments} {}", field.name, self.selection(name, depth - 1)))
    }
}

#[test]
fn all_ways_answer_alike() {
    let schema = Schema::parse(jobgraph::graphql::sdl(), "schema.graphql").expect("the schema is well formed");
    let runtime = tokio::runtime::Runtime::new().expect("a runtime starts");
    for backend in backends() {
        runtime.block_on(async {
            let world = World::of(backend, &History::new(SEED, 3).answers(12, 10)).await;
            let gateway = || Gateway::new(world.store.clone(), Limits::default(), || NOW).expect("the schema is valid");
            let (straight, resolving, keeping) = (gateway(), gateway().resolving(), gateway().with_answers(1 << 30));
            let mut answered = 0;
            for seed in 0..DOCUMENTS {
                let query = Author { schema: &schema, dice: Dice::new(SEED + seed) }.document();
                let request = GraphqlRequest { query: query.clone(), ..GraphqlRequest::default() };
                let written = straight.execute(&request, "test").await;
                let resolved = resolving.execute(&request, "test").await;
                let text = |body: &[u8]| String::from_utf8_lossy(body).into_owned();
                let (written, resolved) = (text(&written.answer.body), text(&resolved.answer.body));

                assert_eq!(written, resolved, "{backend}, seed {seed}: {query}");
                for _ in 0..3 {
                    let kept = keeping.execute(&request, "test").await;
                    assert_eq!(text(&kept.answer.body), resolved, "{backend}, seed {seed}: {query}");
                }
                assert!(!written.contains("GRAPHQL_"), "{backend}, seed {seed}: {query}: {written}");
                answered += usize::from(!written.contains("\"errors\""));
            }
            assert!(answered > 400, "most documents have an answer: {answered}");
        });
    }
}
