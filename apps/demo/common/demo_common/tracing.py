"""Traces by OTLP, as the OTEL_ variables say; without them nothing is sent."""

import os

from opentelemetry import trace
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor


def configure() -> TracerProvider | None:
    if os.environ.get("OTEL_SDK_DISABLED", "").lower() == "true" or "OTEL_EXPORTER_OTLP_ENDPOINT" not in os.environ:
        return None
    provider = TracerProvider()
    provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter()))
    trace.set_tracer_provider(provider)
    return provider
