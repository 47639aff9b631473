//! Traces for a collector of OpenTelemetry, by OTLP over HTTP: what each request did, with its statements below it.

use anyhow::Context;
use opentelemetry::trace::TracerProvider;
use opentelemetry_otlp::{Protocol, SpanExporter, WithExportConfig};
use opentelemetry_sdk::Resource;
use opentelemetry_sdk::trace::SdkTracerProvider;
use tracing::Subscriber;
use tracing::level_filters::LevelFilter;
use tracing_subscriber::Layer;
use tracing_subscriber::filter::Targets;
use tracing_subscriber::registry::LookupSpan;

use crate::config::SPANS;

/// Sends what is left when it is dropped.
pub(super) struct Traces(SdkTracerProvider);

impl Drop for Traces {
    fn drop(&mut self) {
        if let Err(error) = self.0.shutdown() {
            tracing::warn!(error = %error, "the latest traces were not sent");
        }
    }
}

/// What sends spans to a collector such as `http://127.0.0.1:4318`; nothing without one. Begun outside of any runtime, as it
/// sends from a thread of its own.
pub(super) fn begin<S>(endpoint: Option<&str>) -> anyhow::Result<(Option<impl Layer<S>>, Option<Traces>)>
where
    S: Subscriber + for<'span> LookupSpan<'span>,
{
    let Some(endpoint) = endpoint else {
        return Ok((None, None));
    };
    let to = format!("{}/v1/traces", endpoint.trim_end_matches('/'));
    let exporter = SpanExporter::builder().with_http().with_protocol(Protocol::HttpBinary).with_endpoint(&to);
    let exporter = exporter.build().with_context(|| format!("collector \"{to}\""))?;
    let resource = Resource::builder().with_service_name("jobgraph").build();
    let provider = SdkTracerProvider::builder().with_batch_exporter(exporter).with_resource(resource).build();
    let layer = tracing_opentelemetry::layer().with_tracer(provider.tracer("jobgraph")).with_location(false);
    let layer = layer.with_filter(Targets::new().with_target(SPANS, LevelFilter::INFO));
    Ok((Some(layer), Some(Traces(provider))))
}
