/** Who sends: the one thing that logs and metrics say in common. */
import { defaultResource, resourceFromAttributes, type Resource } from '@opentelemetry/resources';

export function resourceOf(version: string): Resource {
  const name = process.env['OTEL_SERVICE_NAME'] ?? 'portcullis';
  return defaultResource().merge(resourceFromAttributes({ 'service.name': name, 'service.version': version }));
}
