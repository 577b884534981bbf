export { type ApiOptions, createApi } from './create-api.ts';
export { createLogger } from './log/create-logger.ts';
export { type OpenApiDocument, openApiDocument } from './openapi/openapi-document.ts';
export { routes } from './routes/index.ts';
export { type ServerStartCode, ServerStartError } from './server/server-start-error.ts';
export { type RunningServer, type ServerOptions, startServer } from './server/start-server.ts';
