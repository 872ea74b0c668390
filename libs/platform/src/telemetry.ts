import { context, diag, DiagLogLevel, propagation, SpanStatusCode, trace } from '@opentelemetry/api';
import type { Attributes, Span, SpanOptions } from '@opentelemetry/api';
import type { Config } from './config.js';
import type { Logger } from './logger.js';

/** Spans that are not delivered by then are given up, so that ending stays within its time. */
const flushMs = 1_000;
/** A receiver that is away is spoken of this seldom. */
const complainEveryMs = 60_000;

/** The one tracer of the product; costs next to nothing until `startTelemetry` has loaded what records. */
export const tracer = trace.getTracer('tinhgon');

/**
 * Sends spans to where `OTEL_EXPORTER_OTLP_ENDPOINT` says, and reads the other standard variables (`OTEL_SERVICE_NAME`,
 * `OTEL_EXPORTER_OTLP_HEADERS`, `OTEL_TRACES_SAMPLER` …). Loads nothing when traces are off.
 * @returns what delivers the last spans, within 1 s, and stops
 */
export async function startTelemetry({ traces }: Pick<Config, 'traces'>, service: string, logger: Logger): Promise<() => Promise<void>> {
  if (!traces) return () => Promise.resolve();
  const [
    { BatchSpanProcessor, NodeTracerProvider },
    { OTLPTraceExporter },
    { defaultResource, detectResources, envDetector, resourceFromAttributes },
  ] = await Promise.all([
    import('@opentelemetry/sdk-trace-node'),
    import('@opentelemetry/exporter-trace-otlp-http'),
    import('@opentelemetry/resources'),
  ]);
  const resource = defaultResource()
    .merge(resourceFromAttributes({ 'service.name': service }))
    .merge(detectResources({ detectors: [envDetector] }));
  const provider = new NodeTracerProvider({ resource, spanProcessors: [new BatchSpanProcessor(new OTLPTraceExporter())] });
  provider.register();
  hearComplaints(logger);
  return async () => {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<void>((resolve) => (timer = setTimeout(resolve, flushMs)));
    // What cannot be delivered is no reason to fail.
    await Promise.race([provider.shutdown().catch(() => undefined), late]);
    clearTimeout(timer);
    for (const one of [trace, context, propagation, diag]) one.disable();
  };
}

/** Runs the work in a span of this name; what it starts is inside. An error is named by its kind: its words may be personal. */
export function traced<Result>(
  name: string,
  attributes: Attributes,
  work: (span: Span) => Promise<Result>,
  options: Omit<SpanOptions, 'attributes'> = {},
): Promise<Result> {
  return tracer.startActiveSpan(name, { ...options, attributes }, async (span) => {
    try {
      return await work(span);
    } catch (error) {
      span.setAttribute('error.type', error instanceof Error ? error.name : 'unknown').setStatus({ code: SpanStatusCode.ERROR });
      throw error;
    } finally {
      span.end();
    }
  });
}

function hearComplaints(logger: Logger): void {
  let saidAt = -Infinity;
  const complain = (): void => {
    if (Date.now() - saidAt < complainEveryMs) return;
    saidAt = Date.now();
    // What the exporter says is left out: it may repeat an address with its credentials.
    logger.warn('Traces cannot be delivered; look at OTEL_EXPORTER_OTLP_ENDPOINT and at who listens there.');
  };
  const silent = (): void => undefined;
  const listener = { error: complain, warn: complain, info: silent, debug: silent, verbose: silent };
  diag.setLogger(listener, { logLevel: DiagLogLevel.WARN, suppressOverrideMessage: true });
}
