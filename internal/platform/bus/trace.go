package bus

import (
	"context"

	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/propagation"
	"go.opentelemetry.io/otel/trace"
)

const traceparent = "traceparent" // W3C Trace Context §3.2

// traceOf is the traceparent of the request that ctx belongs to; empty when it is not traced.
func traceOf(ctx context.Context) string {
	carrier := propagation.MapCarrier{}
	propagation.TraceContext{}.Inject(ctx, carrier)
	return carrier[traceparent]
}

// traced runs handle in a span that continues the trace of the event's cause.
func traced(ctx context.Context, subscription string, e Event, handle func(context.Context) error) error {
	if e.Trace == "" {
		return handle(ctx)
	}
	ctx = propagation.TraceContext{}.Extract(ctx, propagation.MapCarrier{traceparent: e.Trace})
	ctx, span := otel.Tracer("agrovet/bus").Start(ctx, subscription+" "+e.Type, trace.WithSpanKind(trace.SpanKindConsumer))
	defer span.End()
	err := handle(ctx)
	if err != nil {
		span.RecordError(err)
		span.SetStatus(codes.Error, "handler failed")
	}
	return err
}
