//! How much a request may ask for. Every figure is a maximum that is itself still allowed, but for the defaults.

/// The limits of one planner.
#[derive(Debug, Clone)]
pub struct Limits {
    /// Bytes of a document.
    pub document_bytes_max: usize,
    /// Tokens of a document; white space, commas and comments are none.
    pub tokens_max: usize,
    /// Brackets open at once, and selection sets inside each other once fragments are spread.
    pub nesting_max: usize,
    /// Fields inside each other, introspection apart.
    pub depth_max: usize,
    /// Fields, spreads and inline fragments of an operation once fragments are spread.
    pub selections_max: usize,
    /// Aliases of an operation once fragments are spread.
    pub aliases_max: usize,
    /// Fields at the root of an operation once fragments are spread.
    pub root_fields_max: usize,
    /// Directives of an operation once fragments are spread.
    pub directives_max: usize,
    /// Bytes of the arguments of an operation's fields once fragments are spread.
    pub argument_bytes_max: usize,
    /// Bytes that variables take in memory, by estimate, each as often as it stands inside a list or an object.
    pub variable_bytes_max: usize,
    /// Fragment definitions of a document.
    pub fragments_max: usize,
    /// Operations of a document.
    pub operations_max: usize,
    /// Rows of a page, and ids of a lookup of many.
    pub page_size_max: u64,
    /// Rows of a page when neither `first` nor `last` is given and the schema has no default.
    pub page_size_default: u64,
    /// Rows that an answer could hold: the sum over all lists of the product of the page sizes down to them.
    pub nodes_max: u64,
    /// Points of a request, see `cost`.
    pub cost_max: u64,
    /// Object keys in one filter.
    pub filter_nodes_max: u64,
    /// Objects inside each other in one filter, the filter itself included.
    pub filter_depth_max: usize,
    /// Items of any one list in a filter.
    pub filter_list_max: usize,
    /// Characters of any one string in a filter.
    pub filter_string_max: usize,
    /// Errors in one answer to a refused request.
    pub errors_max: usize,
    /// Documents, and normalized operations, kept in memory.
    pub cached_documents_max: u64,
    /// Bytes those may take, by estimate, for each of the two caches.
    pub cached_bytes_max: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            document_bytes_max: 32 * 1024,
            tokens_max: 4_000,
            nesting_max: 64,
            depth_max: 12,
            selections_max: 5_000,
            aliases_max: 30,
            root_fields_max: 20,
            directives_max: 50,
            argument_bytes_max: 64 * 1024,
            variable_bytes_max: 1024 * 1024,
            fragments_max: 100,
            operations_max: 20,
            page_size_max: 100,
            page_size_default: 20,
            nodes_max: 10_000,
            cost_max: 5_000,
            filter_nodes_max: 64,
            filter_depth_max: 5,
            filter_list_max: 200,
            filter_string_max: 1_000,
            errors_max: 20,
            cached_documents_max: 2_000,
            cached_bytes_max: 64 * 1024 * 1024,
        }
    }
}
